/** Puts an open popover under its button, or above where there is no room, and always inside the window. */
export function placeBelow(popover: HTMLElement, anchor: HTMLElement): void {
  const margin = 8;
  const near = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const left = Math.max(margin, Math.min(near.left, innerWidth - width - margin));
  const isRoomBelow = near.bottom + 4 + height + margin <= innerHeight;
  const top = isRoomBelow ? near.bottom + 4 : Math.max(margin, near.top - height - 4);
  popover.style.left = `${left}px`;
  popover.style.top = `${top}px`;
}
