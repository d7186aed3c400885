import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react';
import { IconButton } from './Button';
import css from './Dialog.module.css';

/** A question over the page. The browser's own dialog keeps the focus inside and gives it back. */
export function Dialog(props: { title: string; onClose: () => void; children: ReactNode; actions?: ReactNode }): ReactElement {
  const { title, onClose, children, actions } = props;
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={box}
      className={css.dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={css.head}>
        <h2 id={heading}>{title}</h2>
        <IconButton name="Close" look="quiet" size="small" icon={<X size={14} aria-hidden />} onClick={onClose} />
      </div>
      <div className={css.body}>{children}</div>
      {actions === undefined ? null : <div className={css.actions}>{actions}</div>}
    </dialog>
  );
}
