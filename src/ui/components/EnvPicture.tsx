/** A still of an environment, by its own drawing, made when it comes into sight. */
import { useEffect, useRef } from 'react';
import { palettes } from '../../envs/canvas.ts';
import type { EnvDefinition } from '../../envs/env.ts';
import { useStore } from '../store.ts';
import { themeStore } from '../theme.ts';
import { RandomPlay } from './randomPlay.ts';
import { useIsVisible } from './useIsVisible.ts';

interface Props {
  readonly definition: EnvDefinition;
  readonly width: number;
  readonly height: number;
  readonly className?: string | undefined;
}

export function EnvPicture({ definition, width, height, className }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useStore(themeStore);
  const isVisible = useIsVisible(canvas);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !isVisible) return;
    const ratio = devicePixelRatio;
    canvas.current!.width = width * ratio;
    canvas.current!.height = height * ratio;
    context.scale(ratio, ratio);
    const play = new RandomPlay(definition, 7);
    for (let i = 0; i < 12; i++) play.step();
    definition.draw(context, play.snapshot(), width, height, palettes[theme]);
  }, [definition, width, height, theme, isVisible]);
  return (
    <span className={className} style={{ width, height }} aria-hidden="true">
      <canvas ref={canvas} style={{ display: 'block', width, height }} />
    </span>
  );
}
