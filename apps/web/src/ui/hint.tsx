import {
  cloneElement,
  type FocusEvent,
  lazy,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  type Ref,
  Suspense,
  useState,
} from 'react';

/** The part that floats is fetched when it is first asked for; without a connection there is just no hint. */
const HintBox = lazy(() => import('./hint-box.tsx').catch(() => ({ default: (): ReactNode => null })));

interface Hinted {
  ref?: Ref<HTMLElement> | undefined;
  onPointerEnter?: (event: PointerEvent<HTMLElement>) => void;
  onPointerLeave?: (event: PointerEvent<HTMLElement>) => void;
  onFocus?: (event: FocusEvent<HTMLElement>) => void;
  onBlur?: (event: FocusEvent<HTMLElement>) => void;
}

/**
 * More words on what an element is, on hover and focus; Escape takes them away. What it says must also be reachable
 * otherwise for screen readers (a label, a description).
 */
export const Hint = ({
  label,
  children,
  position = 'top',
  width,
  always = false,
  disabled = false,
}: {
  label: ReactNode;
  children: ReactElement<Hinted>;
  position?: 'top' | 'right' | 'left' | 'bottom';
  /** Greatest width in pixels. */
  width?: number;
  /** Shown without hover or focus. */
  always?: boolean;
  disabled?: boolean;
}) => {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const [asked, setAsked] = useState(false);
  const [ever, setEver] = useState(always);
  const show = () => {
    setEver(true);
    setAsked(true);
  };
  const own = children.props;
  return (
    <>
      {cloneElement(children, {
        ref: (element: HTMLElement | null) => {
          setTarget(element);
          if (typeof own.ref === 'function') own.ref(element);
          else if (own.ref) own.ref.current = element;
        },
        onPointerEnter: (event) => {
          own.onPointerEnter?.(event);
          if (event.pointerType === 'mouse') show();
        },
        onPointerLeave: (event) => {
          own.onPointerLeave?.(event);
          setAsked(false);
        },
        onFocus: (event) => {
          own.onFocus?.(event);
          show();
        },
        onBlur: (event) => {
          own.onBlur?.(event);
          setAsked(false);
        },
      })}
      {(ever || always) && !disabled && target && (
        <Suspense>
          <HintBox
            target={target}
            opened={asked || always}
            label={label}
            position={position}
            width={width}
            onEscape={() => setAsked(false)}
          />
        </Suspense>
      )}
    </>
  );
};
