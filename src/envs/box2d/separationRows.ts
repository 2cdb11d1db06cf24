import { Settings } from 'planck';
import type { SolverBody, SolverContact } from './planckInternals.ts';
import type { Poses } from './poses.ts';

const { max, min } = Math;

/** Where in its row a contact keeps each; the face belongs to one body and the points to the other. */
const MASS_A = 0;
const MASS_B = 1;
const INERTIA_A = 2;
const INERTIA_B = 3;
const RADIUS_A = 4;
const RADIUS_B = 5;
const CENTER_A_X = 6;
const CENTER_A_Y = 7;
const CENTER_B_X = 8;
const CENTER_B_Y = 9;
const NORMAL_X = 10;
const NORMAL_Y = 11;
const FACE_X = 12;
const FACE_Y = 13;
const POINTS = 14;
const ROW = POINTS + 4;

const FACE_OF_A = 1;

/** How far an island's contacts have come into each other, and the moving apart: planck's arithmetic, as rows of numbers. */
export class SeparationRows {
  private count = 0;
  private constants = new Float64Array(8 * ROW);
  private bodyA = new Int32Array(8);
  private bodyB = new Int32Array(8);
  private points = new Int32Array(8);
  private isFaceOfA = new Uint8Array(8);

  /** Takes over contacts that planck has prepared. @param moves whether a body gives way; others are as the ground */
  load(contacts: readonly SolverContact[], poses: Poses, moves: (body: SolverBody) => boolean): void {
    this.count = contacts.length;
    if (this.points.length < this.count) this.grow(2 * this.count);
    for (let i = 0; i < this.count; i++) {
      const contact = contacts[i]!;
      const a = contact.m_fixtureA.m_body;
      const b = contact.m_fixtureB.m_body;
      this.bodyA[i] = poses.indexOf(a);
      this.bodyB[i] = poses.indexOf(b);
      this.points[i] = contact.p_pointCount;
      this.isFaceOfA[i] = contact.p_type === FACE_OF_A ? 1 : 0;
      const c = this.constants;
      const row = i * ROW;
      c[row + MASS_A] = moves(a) ? contact.v_invMassA : 0;
      c[row + MASS_B] = moves(b) ? contact.v_invMassB : 0;
      c[row + INERTIA_A] = moves(a) ? contact.v_invIA : 0;
      c[row + INERTIA_B] = moves(b) ? contact.v_invIB : 0;
      c[row + RADIUS_A] = contact.p_radiusA;
      c[row + RADIUS_B] = contact.p_radiusB;
      c[row + CENTER_A_X] = contact.p_localCenterA.x;
      c[row + CENTER_A_Y] = contact.p_localCenterA.y;
      c[row + CENTER_B_X] = contact.p_localCenterB.x;
      c[row + CENTER_B_Y] = contact.p_localCenterB.y;
      c[row + NORMAL_X] = contact.p_localNormal.x;
      c[row + NORMAL_Y] = contact.p_localNormal.y;
      c[row + FACE_X] = contact.p_localPoint.x;
      c[row + FACE_Y] = contact.p_localPoint.y;
      for (let p = 0; p < contact.p_pointCount; p++) {
        c[row + POINTS + 2 * p] = contact.p_localPoints[p]!.x;
        c[row + POINTS + 2 * p + 1] = contact.p_localPoints[p]!.y;
      }
    }
  }

  private grow(capacity: number): void {
    this.constants = new Float64Array(capacity * ROW);
    this.bodyA = new Int32Array(capacity);
    this.bodyB = new Int32Array(capacity);
    this.points = new Int32Array(capacity);
    this.isFaceOfA = new Uint8Array(capacity);
  }

  /** One iteration over the positions. Returns the smallest separation before it, at most 0. */
  solvePositions(poses: Poses, baumgarte: number): number {
    let smallest = 0;
    for (let i = 0; i < this.count; i++) {
      for (let p = 0; p < this.points[i]!; p++) smallest = min(smallest, this.moveApart(i, p, poses, baumgarte));
    }
    return smallest;
  }

  /** Returns how far a point was from the face; negative within. */
  private moveApart(i: number, p: number, poses: Poses, baumgarte: number): number {
    const c = this.constants;
    const { position, sin, cos } = poses;
    const row = i * ROW;
    const a = this.bodyA[i]!;
    const b = this.bodyB[i]!;
    poses.turn(a);
    poses.turn(b);
    const cosA = cos[a]!;
    const sinA = sin[a]!;
    const cosB = cos[b]!;
    const sinB = sin[b]!;
    const originAX = position[a]! - (cosA * c[row + CENTER_A_X]! - sinA * c[row + CENTER_A_Y]!);
    const originAY = position[a + 1]! - (sinA * c[row + CENTER_A_X]! + cosA * c[row + CENTER_A_Y]!);
    const originBX = position[b]! - (cosB * c[row + CENTER_B_X]! - sinB * c[row + CENTER_B_Y]!);
    const originBY = position[b + 1]! - (sinB * c[row + CENTER_B_X]! + cosB * c[row + CENTER_B_Y]!);

    const isFaceOfA = this.isFaceOfA[i] === 1;
    const faceCos = isFaceOfA ? cosA : cosB;
    const faceSin = isFaceOfA ? sinA : sinB;
    const pointCos = isFaceOfA ? cosB : cosA;
    const pointSin = isFaceOfA ? sinB : sinA;
    const localX = c[row + POINTS + 2 * p]!;
    const localY = c[row + POINTS + 2 * p + 1]!;
    const outX = faceCos * c[row + NORMAL_X]! - faceSin * c[row + NORMAL_Y]!;
    const outY = faceSin * c[row + NORMAL_X]! + faceCos * c[row + NORMAL_Y]!;
    const faceX = faceCos * c[row + FACE_X]! - faceSin * c[row + FACE_Y]! + (isFaceOfA ? originAX : originBX);
    const faceY = faceSin * c[row + FACE_X]! + faceCos * c[row + FACE_Y]! + (isFaceOfA ? originAY : originBY);
    const pointX = pointCos * localX - pointSin * localY + (isFaceOfA ? originBX : originAX);
    const pointY = pointSin * localX + pointCos * localY + (isFaceOfA ? originBY : originAY);
    const distance = pointX * outX + pointY * outY - (faceX * outX + faceY * outY);
    const separation = distance - c[row + RADIUS_A]! - c[row + RADIUS_B]!;

    // From A to B.
    const normalX = isFaceOfA ? outX : -outX;
    const normalY = isFaceOfA ? outY : -outY;
    const armAX = pointX - position[a]!;
    const armAY = pointY - position[a + 1]!;
    const armBX = pointX - position[b]!;
    const armBY = pointY - position[b + 1]!;
    const massA = c[row + MASS_A]!;
    const massB = c[row + MASS_B]!;
    const inertiaA = c[row + INERTIA_A]!;
    const inertiaB = c[row + INERTIA_B]!;
    const { linearSlop, maxLinearCorrection } = Settings;
    const correction = max(-maxLinearCorrection, min(0, baumgarte * (separation + linearSlop)));
    const crossA = armAX * normalY - armAY * normalX;
    const crossB = armBX * normalY - armBY * normalX;
    const inverseMass = massA + massB + inertiaA * crossA * crossA + inertiaB * crossB * crossB;
    const impulse = inverseMass > 0 ? -correction / inverseMass : 0;
    const impulseX = impulse * normalX;
    const impulseY = impulse * normalY;
    position[a]! -= massA * impulseX;
    position[a + 1]! -= massA * impulseY;
    position[a + 2]! -= inertiaA * (armAX * impulseY - armAY * impulseX);
    position[b]! += massB * impulseX;
    position[b + 1]! += massB * impulseY;
    position[b + 2]! += inertiaB * (armBX * impulseY - armBY * impulseX);
    return separation;
  }
}
