/**
 * The hand-written walker of BipedalWalker, with which the recordings were made: it stays on one leg, puts the other
 * down, and pushes off.
 */
const SPEED = 0.29;
const SUPPORT_KNEE_ANGLE = 0.1;

type Phase = 'stay on one leg' | 'put the other down' | 'push off';

/** A policy for one episode. */
export function makeWalker(): (observation: Float32Array) => Float32Array {
  let phase: Phase = 'stay on one leg';
  let moving = 0;
  let supporting = 1;
  let supportKnee = SUPPORT_KNEE_ANGLE;
  let isFirst = true;

  return (observation) => {
    if (isFirst) {
      isFirst = false;
      return new Float32Array(4);
    }
    const s = (index: number) => observation[index]!;
    const hip = (leg: number) => s(4 + 5 * leg);
    const knee = (leg: number) => s(6 + 5 * leg);
    const hasContact = (leg: number) => s(8 + 5 * leg) !== 0;
    const hipTarget: (number | null)[] = [null, null];
    const kneeTarget: (number | null)[] = [null, null];

    if (phase === 'stay on one leg') {
      hipTarget[moving] = 1.1;
      kneeTarget[moving] = -0.6;
      supportKnee += 0.03;
      if (s(2) > SPEED) supportKnee += 0.03;
      supportKnee = Math.min(supportKnee, SUPPORT_KNEE_ANGLE);
      kneeTarget[supporting] = supportKnee;
      if (hip(supporting) < 0.1) phase = 'put the other down';
    }
    if (phase === 'put the other down') {
      hipTarget[moving] = 0.1;
      kneeTarget[moving] = SUPPORT_KNEE_ANGLE;
      kneeTarget[supporting] = supportKnee;
      if (hasContact(moving)) {
        phase = 'push off';
        supportKnee = Math.min(knee(moving), SUPPORT_KNEE_ANGLE);
      }
    }
    if (phase === 'push off') {
      kneeTarget[moving] = supportKnee;
      kneeTarget[supporting] = 1;
      if (knee(supporting) > 0.88 || s(2) > 1.2 * SPEED) {
        phase = 'stay on one leg';
        [moving, supporting] = [supporting, moving];
      }
    }

    return Float32Array.from({ length: 4 }, (_, i) => {
      const leg = i >> 1;
      const at = 4 + 5 * leg + 2 * (i & 1);
      const target = (i & 1) === 0 ? hipTarget[leg] : kneeTarget[leg];
      const gain = (i & 1) === 0 ? 0.9 : 4;
      // A target of 0 counts as none.
      const pull = target ? gain * (target - s(at)) - 0.25 * s(at + 1) : 0;
      const balance = (i & 1) === 0 ? 0.9 * s(0) + 1.5 * s(1) : -15 * s(3);
      return Math.max(-1, Math.min(1, 0.5 * (pull + balance)));
    });
  };
}
