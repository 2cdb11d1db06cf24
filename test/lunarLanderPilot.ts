/** The hand-written pilot of LunarLander, with which the recordings were made: a controller of angle and height. */
function pilot(observation: Float32Array): { readonly turn: number; readonly lift: number } {
  const [x, y, velocityX, velocityY, angle, angularVelocity, leg0, leg1] = observation as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (leg0 !== 0 || leg1 !== 0) return { turn: 0, lift: -0.5 * velocityY };
  const targetAngle = Math.max(-0.4, Math.min(0.4, 0.5 * x + velocityX));
  const targetHeight = 0.55 * Math.abs(x);
  return {
    turn: (targetAngle - angle) * 0.5 - angularVelocity,
    lift: (targetHeight - y) * 0.5 - velocityY * 0.5,
  };
}

/** Its choice of an engine. */
export function pilotAction(observation: Float32Array): number {
  const { turn, lift } = pilot(observation);
  if (lift > Math.abs(turn) && lift > 0.05) return 2;
  if (turn < -0.05) return 3;
  return turn > 0.05 ? 1 : 0;
}

/** Its choice of throttles. */
export function pilotThrottles(observation: Float32Array): Float32Array {
  const { turn, lift } = pilot(observation);
  return Float32Array.of(Math.max(-1, Math.min(1, 20 * lift - 1)), Math.max(-1, Math.min(1, -20 * turn)));
}
