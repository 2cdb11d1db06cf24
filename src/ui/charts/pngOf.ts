import { drawFigure } from './drawFigure.ts';
import type { Figure } from './figure.ts';

/** Pixels of the picture for each of the figure, in both directions. */
const pngScale = 2;

/** The figure as a PNG file. */
export async function pngOf(figure: Figure): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([drawFigure(figure)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = figure.width * pngScale;
    canvas.height = figure.height * pngScale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('This browser could not make a PNG file.'))));
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
