import { type RefObject, useEffect, useState } from 'react';

/** Whether any of an element is in the window, and the window on the screen. */
export function useIsVisible(ref: RefObject<HTMLElement | null>): boolean {
  const [isInWindow, setIsInWindow] = useState(false);
  const [isPageVisible, setIsPageVisible] = useState(!document.hidden);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new IntersectionObserver((entries) => setIsInWindow(entries.at(-1)!.isIntersecting));
    observer.observe(element);
    const listen = () => setIsPageVisible(!document.hidden);
    document.addEventListener('visibilitychange', listen);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', listen);
    };
  }, [ref]);
  return isInWindow && isPageVisible;
}
