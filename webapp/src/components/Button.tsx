import { Lock } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactElement, ReactNode } from 'react';
import { follow } from '../app/router';
import css from './Button.module.css';

export type Look = 'plain' | 'primary' | 'quiet' | 'danger' | 'destroy';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  look?: Look;
  size?: 'small' | 'normal' | 'large';
  icon?: ReactNode;
  busy?: boolean;
  /** Why the reader may not press it: the button is shown locked, and the reason is its tooltip. */
  locked?: string | undefined;
}

export function Button(props: Props): ReactElement {
  const { look = 'plain', size = 'normal', icon, busy = false, locked, children, disabled, onClick, ...rest } = props;
  const off = disabled === true || busy || locked !== undefined;
  return (
    <button
      type="button"
      {...rest}
      className={`${css.button} ${css[look]} ${css[size]}`}
      aria-disabled={off}
      aria-busy={busy}
      title={locked ?? rest.title}
      onClick={(event) => {
        if (off) {
          event.preventDefault();
        } else {
          onClick?.(event);
        }
      }}
    >
      {busy ? <span className={css.spinner} aria-hidden="true" /> : locked === undefined ? icon : <Lock size={14} aria-hidden />}
      {children}
    </button>
  );
}

/** A button of a sign alone; its name is read out and shown as a tooltip. */
export function IconButton({ name, ...props }: Omit<Props, 'icon' | 'children'> & { name: string; icon: ReactNode }): ReactElement {
  const { icon, onClick, look = 'plain', size = 'normal', busy: _busy, locked: _locked, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      className={`${css.button} ${css[look]} ${css[size]} ${css.square}`}
      aria-label={name}
      title={name}
      onClick={onClick}
    >
      {icon}
    </button>
  );
}

interface LinkProps {
  to: string;
  look?: Look;
  size?: 'small' | 'normal' | 'large';
  icon?: ReactNode;
  children: ReactNode;
}

/** A link that looks like a button, because it goes somewhere. */
export function LinkButton({ to, look = 'plain', size = 'normal', icon, children }: LinkProps): ReactElement {
  return (
    <a className={`${css.button} ${css[look]} ${css[size]}`} href={to} onClick={follow}>
      {icon}
      {children}
    </a>
  );
}

export function Link({ to, children, quiet = false, label }: { to: string; children: ReactNode; quiet?: boolean; label?: string }): ReactElement {
  return (
    <a className={quiet ? css.quietLink : undefined} href={to} onClick={follow} aria-label={label}>
      {children}
    </a>
  );
}
