import { useEffect, type ReactElement, type ReactNode } from 'react';
import css from './Page.module.css';

/** A page's head of 48 px, and its body that scrolls. */
export function Page(props: {
  title: ReactNode;
  name: string;
  tools?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  foot?: ReactNode;
}): ReactElement {
  const { title, name, tools, actions, children, foot } = props;
  useEffect(() => {
    document.title = `${name} · Berth`;
  }, [name]);
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1 className={css.title}>{title}</h1>
        {tools}
        <div className={css.actions}>{actions}</div>
      </div>
      {children}
      {foot === undefined ? null : <div className={css.foot}>{foot}</div>}
    </div>
  );
}
