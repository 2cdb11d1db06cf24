import type { SolverContact } from './planckInternals.ts';
import type { Poses } from './poses.ts';

const { max, min } = Math;

/** Where in its row of constants a contact keeps each: first of the contact, then of its two points. */
const MASS_A = 0;
const MASS_B = 1;
const INERTIA_A = 2;
const INERTIA_B = 3;
const NORMAL_X = 4;
const NORMAL_Y = 5;
const FRICTION = 6;
const TANGENT_SPEED = 7;
/** Both points' normal impulses to their velocities along it, and back; symmetric, by column and row. */
const K_XX = 8;
const K_XY = 9;
const K_YX = 10;
const K_YY = 11;
const INVERSE_XX = 12;
const INVERSE_XY = 13;
const INVERSE_YX = 14;
const INVERSE_YY = 15;
const POINTS = 16;

const ARM_A_X = 0;
const ARM_A_Y = 1;
const ARM_B_X = 2;
const ARM_B_Y = 3;
const NORMAL_MASS = 4;
const TANGENT_MASS = 5;
const BIAS = 6;
const POINT = 7;
const ROW = POINTS + 2 * POINT;

/** Impulses of a contact in the solver's state: normal and tangential of the first point, then of the second. */
export const CONTACT_IMPULSES = 4;

/**
 * The contacts of an island as far as velocities go, as rows of numbers: planck's arithmetic in the same order, and so the
 * same bits. Where body A is the ground, nothing is computed that would be 0.
 */
export class ContactRows {
  private count = 0;
  private constants = new Float64Array(8 * ROW);
  /** Where in the state the bodies of each are, and the number of its points. */
  private bodyA = new Int32Array(8);
  private bodyB = new Int32Array(8);
  private points = new Int32Array(8);
  private contacts: readonly SolverContact[] = [];

  /** Takes over contacts that planck has prepared for this step; their impulses begin at `at` in the state. */
  load(contacts: readonly SolverContact[], state: Float64Array, at: number, poses: Poses): void {
    this.contacts = contacts;
    this.count = contacts.length;
    if (this.points.length < this.count) this.grow(2 * this.count);
    for (let i = 0; i < this.count; i++) {
      const contact = contacts[i]!;
      this.bodyA[i] = poses.indexOf(contact.m_fixtureA.m_body);
      this.bodyB[i] = poses.indexOf(contact.m_fixtureB.m_body);
      this.points[i] = contact.v_pointCount;
      this.loadConstants(contact, i * ROW);
      for (let p = 0; p < 2; p++) {
        const { normalImpulse, tangentImpulse } = contact.v_points[p]!;
        state[at + i * CONTACT_IMPULSES + 2 * p] = normalImpulse;
        state[at + i * CONTACT_IMPULSES + 2 * p + 1] = tangentImpulse;
      }
    }
  }

  private grow(capacity: number): void {
    this.constants = new Float64Array(capacity * ROW);
    this.bodyA = new Int32Array(capacity);
    this.bodyB = new Int32Array(capacity);
    this.points = new Int32Array(capacity);
  }

  private loadConstants(contact: SolverContact, row: number): void {
    const c = this.constants;
    const { v_K, v_normalMass } = contact;
    c[row + MASS_A] = contact.v_invMassA;
    c[row + MASS_B] = contact.v_invMassB;
    c[row + INERTIA_A] = contact.v_invIA;
    c[row + INERTIA_B] = contact.v_invIB;
    c[row + NORMAL_X] = contact.v_normal.x;
    c[row + NORMAL_Y] = contact.v_normal.y;
    c[row + FRICTION] = contact.v_friction;
    c[row + TANGENT_SPEED] = contact.v_tangentSpeed;
    c[row + K_XX] = v_K.ex.x;
    c[row + K_XY] = v_K.ex.y;
    c[row + K_YX] = v_K.ey.x;
    c[row + K_YY] = v_K.ey.y;
    c[row + INVERSE_XX] = v_normalMass.ex.x;
    c[row + INVERSE_XY] = v_normalMass.ex.y;
    c[row + INVERSE_YX] = v_normalMass.ey.x;
    c[row + INVERSE_YY] = v_normalMass.ey.y;
    for (let p = 0; p < 2; p++) {
      const point = contact.v_points[p]!;
      const to = row + POINTS + p * POINT;
      c[to + ARM_A_X] = point.rA.x;
      c[to + ARM_A_Y] = point.rA.y;
      c[to + ARM_B_X] = point.rB.x;
      c[to + ARM_B_Y] = point.rB.y;
      c[to + NORMAL_MASS] = point.normalMass;
      c[to + TANGENT_MASS] = point.tangentMass;
      c[to + BIAS] = point.velocityBias;
    }
  }

  /** Gives the contacts the impulses, with which they begin the next step. */
  storeImpulses(state: Float64Array, at: number): void {
    for (let i = 0; i < this.count; i++) {
      for (let p = 0; p < 2; p++) {
        const point = this.contacts[i]!.v_points[p]!;
        point.normalImpulse = state[at + i * CONTACT_IMPULSES + 2 * p]!;
        point.tangentImpulse = state[at + i * CONTACT_IMPULSES + 2 * p + 1]!;
      }
    }
  }

  /** One iteration over the velocities: of each contact friction, then what keeps the bodies out of each other. */
  solveVelocities(state: Float64Array, at: number): void {
    for (let i = 0; i < this.count; i++) {
      const points = this.points[i]!;
      const impulses = at + i * CONTACT_IMPULSES;
      for (let p = 0; p < points; p++) this.rub(i, p, state, impulses + 2 * p);
      if (points === 1) this.pushAtOnePoint(i, state, impulses);
      else this.pushAtTwoPoints(i, state, impulses);
    }
  }

  /** Friction at a point, at most in proportion to what presses there. */
  private rub(i: number, p: number, state: Float64Array, impulses: number): void {
    const c = this.constants;
    const row = i * ROW;
    const point = row + POINTS + p * POINT;
    const tangentX = c[row + NORMAL_Y]!;
    const tangentY = -c[row + NORMAL_X]!;
    const velocity = this.velocityAlong(i, point, tangentX, tangentY, state) - c[row + TANGENT_SPEED]!;
    const most = c[row + FRICTION]! * state[impulses]!;
    const before = state[impulses + 1]!;
    const wanted = before - c[point + TANGENT_MASS]! * velocity;
    const after = max(-most, min(most, wanted));
    state[impulses + 1] = after;
    this.apply(i, point, (after - before) * tangentX, (after - before) * tangentY, state);
  }

  private pushAtOnePoint(i: number, state: Float64Array, impulses: number): void {
    const c = this.constants;
    const row = i * ROW;
    const point = row + POINTS;
    const normalX = c[row + NORMAL_X]!;
    const normalY = c[row + NORMAL_Y]!;
    const velocity = this.velocityAlong(i, point, normalX, normalY, state);
    const before = state[impulses]!;
    const wanted = before - c[point + NORMAL_MASS]! * (velocity - c[point + BIAS]!);
    const after = max(wanted, 0);
    state[impulses] = after;
    this.apply(i, point, (after - before) * normalX, (after - before) * normalY, state);
  }

  /** Both points at once: planck tries in turn whether both push, one of them or none. */
  private pushAtTwoPoints(i: number, state: Float64Array, impulses: number): void {
    const c = this.constants;
    const row = i * ROW;
    const first = row + POINTS;
    const second = first + POINT;
    const normalX = c[row + NORMAL_X]!;
    const normalY = c[row + NORMAL_Y]!;
    const before1 = state[impulses]!;
    const before2 = state[impulses + 2]!;
    const velocity1 = this.velocityAlong(i, first, normalX, normalY, state) - c[first + BIAS]!;
    const velocity2 = this.velocityAlong(i, second, normalX, normalY, state) - c[second + BIAS]!;
    const b1 = velocity1 - (c[row + K_XX]! * before1 + c[row + K_YX]! * before2);
    const b2 = velocity2 - (c[row + K_XY]! * before1 + c[row + K_YY]! * before2);

    let after1 = -(c[row + INVERSE_XX]! * b1 + c[row + INVERSE_YX]! * b2);
    let after2 = -(c[row + INVERSE_XY]! * b1 + c[row + INVERSE_YY]! * b2);
    if (!(after1 >= 0 && after2 >= 0)) {
      after1 = -c[first + NORMAL_MASS]! * b1;
      after2 = 0;
      if (!(after1 >= 0 && c[row + K_XY]! * after1 + b2 >= 0)) {
        after1 = 0;
        after2 = -c[second + NORMAL_MASS]! * b2;
        if (!(after2 >= 0 && c[row + K_YX]! * after2 + b1 >= 0)) {
          after2 = 0;
          if (!(b1 >= 0 && b2 >= 0)) return;
        }
      }
    }
    state[impulses] = after1;
    state[impulses + 2] = after2;
    this.applyBoth(i, after1 - before1, after2 - before2, state);
  }

  /** How fast B moves away from A at a point, along a direction. */
  private velocityAlong(i: number, point: number, x: number, y: number, state: Float64Array): number {
    const c = this.constants;
    const a = this.bodyA[i]!;
    const b = this.bodyB[i]!;
    const turnA = state[a + 2]!;
    const turnB = state[b + 2]!;
    const velocityX = state[b]! - turnB * c[point + ARM_B_Y]! - state[a]! + turnA * c[point + ARM_A_Y]!;
    const velocityY = state[b + 1]! + turnB * c[point + ARM_B_X]! - state[a + 1]! - turnA * c[point + ARM_A_X]!;
    return velocityX * x + velocityY * y;
  }

  private apply(i: number, point: number, x: number, y: number, state: Float64Array): void {
    const c = this.constants;
    const row = i * ROW;
    const massA = c[row + MASS_A]!;
    if (massA !== 0) {
      const a = this.bodyA[i]!;
      state[a + 2]! -= c[row + INERTIA_A]! * (c[point + ARM_A_X]! * y - c[point + ARM_A_Y]! * x);
      state[a]! -= massA * x;
      state[a + 1]! -= massA * y;
    }
    const b = this.bodyB[i]!;
    const massB = c[row + MASS_B]!;
    state[b]! += massB * x;
    state[b + 1]! += massB * y;
    state[b + 2]! += c[row + INERTIA_B]! * (c[point + ARM_B_X]! * y - c[point + ARM_B_Y]! * x);
  }

  /** Impulses along the normal at both points. */
  private applyBoth(i: number, impulse1: number, impulse2: number, state: Float64Array): void {
    const c = this.constants;
    const row = i * ROW;
    const first = row + POINTS;
    const second = first + POINT;
    const x1 = impulse1 * c[row + NORMAL_X]!;
    const y1 = impulse1 * c[row + NORMAL_Y]!;
    const x2 = impulse2 * c[row + NORMAL_X]!;
    const y2 = impulse2 * c[row + NORMAL_Y]!;
    const massA = c[row + MASS_A]!;
    if (massA !== 0) {
      const a = this.bodyA[i]!;
      const turn1 = c[first + ARM_A_X]! * y1 - c[first + ARM_A_Y]! * x1;
      const turn2 = c[second + ARM_A_X]! * y2 - c[second + ARM_A_Y]! * x2;
      state[a] = -massA * x1 + -massA * x2 + state[a]!;
      state[a + 1] = -massA * y1 + -massA * y2 + state[a + 1]!;
      state[a + 2]! -= c[row + INERTIA_A]! * (turn1 + turn2);
    }
    const b = this.bodyB[i]!;
    const massB = c[row + MASS_B]!;
    const turn1 = c[first + ARM_B_X]! * y1 - c[first + ARM_B_Y]! * x1;
    const turn2 = c[second + ARM_B_X]! * y2 - c[second + ARM_B_Y]! * x2;
    state[b] = massB * x1 + massB * x2 + state[b]!;
    state[b + 1] = massB * y1 + massB * y2 + state[b + 1]!;
    state[b + 2]! += c[row + INERTIA_B]! * (turn1 + turn2);
  }
}
