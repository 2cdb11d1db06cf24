import type { SolverBody } from './planckInternals.ts';

/** Numbers of a body: x, y and angle, or their velocities. */
export const BODY = 3;

/** Where the bodies of an island are, as rows of x, y and angle. A body's index is that of its row's first number. */
export class Poses {
  position = new Float64Array(16 * BODY);
  /** Sine and cosine of a body's angle, at its index, as of the last `turn`. */
  sin = new Float64Array(16 * BODY);
  cos = new Float64Array(16 * BODY);
  private turned = new Float64Array(16 * BODY);
  private bodies: readonly SolverBody[] = [];

  load(bodies: readonly SolverBody[]): void {
    this.bodies = bodies;
    const size = bodies.length * BODY;
    if (this.position.length < size) {
      this.position = new Float64Array(2 * size);
      this.sin = new Float64Array(2 * size);
      this.cos = new Float64Array(2 * size);
      this.turned = new Float64Array(2 * size);
    }
    this.turned.fill(Number.NaN, 0, size);
    for (let i = 0; i < bodies.length; i++) {
      const { c, a } = bodies[i]!.c_position;
      this.position[i * BODY] = c.x;
      this.position[i * BODY + 1] = c.y;
      this.position[i * BODY + 2] = a;
    }
  }

  store(): void {
    for (let i = 0; i < this.bodies.length; i++) {
      const { c_position } = this.bodies[i]!;
      c_position.c.x = this.position[i * BODY]!;
      c_position.c.y = this.position[i * BODY + 1]!;
      c_position.a = this.position[i * BODY + 2]!;
    }
  }

  indexOf(body: SolverBody): number {
    return this.bodies.indexOf(body) * BODY;
  }

  /** Computes sine and cosine anew if the body has turned. */
  turn(body: number): void {
    const angle = this.position[body + 2]!;
    if (angle === this.turned[body]) return;
    this.turned[body] = angle;
    this.sin[body] = Math.sin(angle);
    this.cos[body] = Math.cos(angle);
  }
}
