import type { EnvDefinition } from '../env.ts';
import { fillDisc, fillRoundRect, paintScene, strokeLine } from '../scene.ts';
import { BALL_SIZE, COURT, OPPONENT_X, PADDLE_HEIGHT, PADDLE_WIDTH, PLAYER_X, WINNING_SCORE } from './pixelPong.ts';

const view = { left: 0, bottom: 0, width: COURT, height: COURT } as const;
export const pixelPongAspectRatio = 1;

/** The same court as in the observation, but smooth, with the points of each side along the upper edge. */
export const drawPixelPong: EnvDefinition['draw'] = (context, snapshot, width, height, palette) => {
  const [opponentY, playerY, ballX, ballY, opponentScore, playerScore] = snapshot as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  paintScene(context, width, height, view, palette.background, () => {
    context.strokeStyle = palette.grid;
    context.lineWidth = 0.8;
    context.setLineDash([2, 2.5]);
    strokeLine(context, COURT / 2, 1, COURT / 2, COURT - 1);
    context.setLineDash([]);
    for (let point = 0; point < WINNING_SCORE; point++) {
      context.fillStyle = point < opponentScore ? palette.secondary : palette.grid;
      fillDisc(context, COURT / 2 - 4 - point * 3.2, COURT - 4, 1);
      context.fillStyle = point < playerScore ? palette.primary : palette.grid;
      fillDisc(context, COURT / 2 + 4 + point * 3.2, COURT - 4, 1);
    }
    context.fillStyle = palette.secondary;
    fillRoundRect(context, OPPONENT_X, COURT - opponentY - PADDLE_HEIGHT, PADDLE_WIDTH, PADDLE_HEIGHT, 1);
    context.fillStyle = palette.primary;
    fillRoundRect(context, PLAYER_X, COURT - playerY - PADDLE_HEIGHT, PADDLE_WIDTH, PADDLE_HEIGHT, 1);
    context.fillStyle = palette.line;
    fillDisc(context, ballX + BALL_SIZE / 2, COURT - ballY - BALL_SIZE / 2, 0.65 * BALL_SIZE);
  });
};
