/** Policies at play are drawn by workers, on canvases that the page hands over. */
export const hasOffscreenCanvas =
  typeof OffscreenCanvas === 'function' && 'transferControlToOffscreen' in HTMLCanvasElement.prototype;

/** Shown in place of such a picture. */
export const noOffscreenCanvas =
  'No picture: this browser does not let workers draw (OffscreenCanvas). Everything else works the same.';
