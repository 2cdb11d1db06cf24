import { Settings } from 'planck';
import type { SolverJoint } from './planckInternals.ts';
import type { Poses } from './poses.ts';

const INACTIVE = 0;
const AT_LOWER_LIMIT = 1;

/** Where in its row of constants a joint keeps each. */
const MASS_A = 0;
const MASS_B = 1;
const INERTIA_A = 2;
const INERTIA_B = 3;
const ARM_A_X = 4;
const ARM_A_Y = 5;
const ARM_B_X = 6;
const ARM_B_Y = 7;
const MOTOR_MASS = 8;
const MOTOR_SPEED = 9;
const MAX_IMPULSE = 10;
/** The effective mass: symmetric, by column and row. */
const EX_X = 11;
const EY_X = 12;
const EZ_X = 13;
const EY_Y = 14;
const EZ_Y = 15;
const EZ_Z = 16;
/** The inverse determinants of its upper 2 × 2 and of the whole, and the cross product of its last two columns. */
const SCALE_2 = 17;
const SCALE_3 = 18;
const CROSS_X = 19;
const CROSS_Y = 20;
const CROSS_Z = 21;
/** The anchors from the centres of mass, in the frames of the bodies. */
const LOCAL_A_X = 22;
const LOCAL_A_Y = 23;
const LOCAL_B_X = 24;
const LOCAL_B_Y = 25;
const REFERENCE_ANGLE = 26;
const LOWER_ANGLE = 27;
const UPPER_ANGLE = 28;
const ROW = 29;

/** Impulses of a joint in the solver's state: at the anchor in x and y, at the limit, of the motor. */
export const JOINT_IMPULSES = 4;

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** As planck has it: a determinant of 0 gives no impulse. */
const inverseOrZero = (value: number): number => (value === 0 ? 0 : 1 / value);

/**
 * The revolute joints of an island as rows of numbers: planck's arithmetic in the same order, and so the same bits. What
 * stays the same from iteration to iteration is computed once. Joints must have a motor, and limits some way apart, between
 * bodies that can turn.
 */
export class JointRows {
  private count = 0;
  private constants = new Float64Array(8 * ROW);
  /** Where in state and poses the bodies of each are, and the state of its limit. */
  private bodyA = new Int32Array(8);
  private bodyB = new Int32Array(8);
  private limit = new Int32Array(8);
  private joints: readonly SolverJoint[] = [];

  /** Takes over joints that planck has prepared for this step; their impulses begin at `at` in the state. */
  load(joints: readonly SolverJoint[], dt: number, state: Float64Array, at: number, poses: Poses): void {
    this.joints = joints;
    this.count = joints.length;
    if (this.limit.length < this.count) this.grow(2 * this.count);
    for (let j = 0; j < this.count; j++) {
      const joint = joints[j]!;
      this.bodyA[j] = poses.indexOf(joint.m_bodyA);
      this.bodyB[j] = poses.indexOf(joint.m_bodyB);
      this.limit[j] = joint.m_limitState;
      this.loadConstants(joint, j * ROW, dt);
      const impulses = at + j * JOINT_IMPULSES;
      state[impulses] = joint.m_impulse.x;
      state[impulses + 1] = joint.m_impulse.y;
      state[impulses + 2] = joint.m_impulse.z;
      state[impulses + 3] = joint.m_motorImpulse;
    }
  }

  private grow(capacity: number): void {
    this.constants = new Float64Array(capacity * ROW);
    this.bodyA = new Int32Array(capacity);
    this.bodyB = new Int32Array(capacity);
    this.limit = new Int32Array(capacity);
  }

  private loadConstants(joint: SolverJoint, row: number, dt: number): void {
    const c = this.constants;
    const { ex, ey, ez } = joint.m_mass;
    c[row + MASS_A] = joint.m_invMassA;
    c[row + MASS_B] = joint.m_invMassB;
    c[row + INERTIA_A] = joint.m_invIA;
    c[row + INERTIA_B] = joint.m_invIB;
    c[row + ARM_A_X] = joint.m_rA.x;
    c[row + ARM_A_Y] = joint.m_rA.y;
    c[row + ARM_B_X] = joint.m_rB.x;
    c[row + ARM_B_Y] = joint.m_rB.y;
    c[row + MOTOR_MASS] = joint.m_motorMass;
    c[row + MOTOR_SPEED] = joint.m_motorSpeed;
    c[row + MAX_IMPULSE] = dt * joint.m_maxMotorTorque;
    c[row + EX_X] = ex.x;
    c[row + EY_X] = ey.x;
    c[row + EZ_X] = ez.x;
    c[row + EY_Y] = ey.y;
    c[row + EZ_Y] = ez.y;
    c[row + EZ_Z] = ez.z;
    const crossX = ey.y * ez.z - ey.z * ez.y;
    const crossY = ey.z * ez.x - ey.x * ez.z;
    const crossZ = ey.x * ez.y - ey.y * ez.x;
    c[row + SCALE_2] = inverseOrZero(ex.x * ey.y - ey.x * ex.y);
    c[row + SCALE_3] = inverseOrZero(ex.x * crossX + ex.y * crossY + ex.z * crossZ);
    c[row + CROSS_X] = crossX;
    c[row + CROSS_Y] = crossY;
    c[row + CROSS_Z] = crossZ;
    c[row + LOCAL_A_X] = joint.m_localAnchorA.x - joint.m_localCenterA.x;
    c[row + LOCAL_A_Y] = joint.m_localAnchorA.y - joint.m_localCenterA.y;
    c[row + LOCAL_B_X] = joint.m_localAnchorB.x - joint.m_localCenterB.x;
    c[row + LOCAL_B_Y] = joint.m_localAnchorB.y - joint.m_localCenterB.y;
    c[row + REFERENCE_ANGLE] = joint.m_referenceAngle;
    c[row + LOWER_ANGLE] = joint.m_lowerAngle;
    c[row + UPPER_ANGLE] = joint.m_upperAngle;
  }

  /** Gives the joints the impulses, with which they begin the next step. */
  storeImpulses(state: Float64Array, at: number): void {
    for (let j = 0; j < this.count; j++) {
      const joint = this.joints[j]!;
      const impulses = at + j * JOINT_IMPULSES;
      joint.m_impulse.x = state[impulses]!;
      joint.m_impulse.y = state[impulses + 1]!;
      joint.m_impulse.z = state[impulses + 2]!;
      joint.m_motorImpulse = state[impulses + 3]!;
    }
  }

  /** One iteration over the velocities: of each joint the motor, then what holds the anchors together and the angle within its limits. */
  solveVelocities(state: Float64Array, at: number): void {
    const c = this.constants;
    for (let j = 0; j < this.count; j++) {
      const row = j * ROW;
      const impulses = at + j * JOINT_IMPULSES;
      const a = this.bodyA[j]!;
      const b = this.bodyB[j]!;
      const inertiaA = c[row + INERTIA_A]!;
      const inertiaB = c[row + INERTIA_B]!;
      let turnA = state[a + 2]!;
      let turnB = state[b + 2]!;

      const motorBefore = state[impulses + 3]!;
      const most = c[row + MAX_IMPULSE]!;
      const wanted = motorBefore - c[row + MOTOR_MASS]! * (turnB - turnA - c[row + MOTOR_SPEED]!);
      const motor = clamp(wanted, -most, most);
      state[impulses + 3] = motor;
      turnA -= inertiaA * (motor - motorBefore);
      turnB += inertiaB * (motor - motorBefore);

      const armAX = c[row + ARM_A_X]!;
      const armAY = c[row + ARM_A_Y]!;
      const armBX = c[row + ARM_B_X]!;
      const armBY = c[row + ARM_B_Y]!;
      const exX = c[row + EX_X]!;
      const eyX = c[row + EY_X]!;
      const eyY = c[row + EY_Y]!;
      const errorX = state[b]! - turnB * armBY - (state[a]! - turnA * armAY);
      const errorY = state[b + 1]! + turnB * armBX - (state[a + 1]! + turnA * armAX);
      let impulseX: number;
      let impulseY: number;
      let impulseAngle = 0;
      const limit = this.limit[j]!;
      if (limit === INACTIVE) {
        const scale = c[row + SCALE_2]!;
        impulseX = scale * (eyX * errorY - eyY * errorX);
        impulseY = scale * (eyX * errorX - exX * errorY);
      } else {
        // The 3 × 3 system by Cramer's rule.
        const ezX = c[row + EZ_X]!;
        const ezY = c[row + EZ_Y]!;
        const ezZ = c[row + EZ_Z]!;
        const scale = c[row + SCALE_3]!;
        const errorAngle = turnB - turnA;
        const alongCross = errorX * c[row + CROSS_X]! + errorY * c[row + CROSS_Y]! + errorAngle * c[row + CROSS_Z]!;
        impulseX = -(scale * alongCross);
        impulseY = -(
          scale *
          (exX * (errorY * ezZ - errorAngle * ezY) +
            eyX * (errorAngle * ezX - errorX * ezZ) +
            ezX * (errorX * ezY - errorY * ezX))
        );
        impulseAngle = -(
          scale *
          (exX * (eyY * errorAngle - ezY * errorY) +
            eyX * (ezY * errorX - eyX * errorAngle) +
            ezX * (eyX * errorY - eyY * errorX))
        );
        const before = state[impulses + 2]!;
        const after = before + impulseAngle;
        if (limit === AT_LOWER_LIMIT ? after < 0 : after > 0) {
          // A limit can only push: give its impulse back, and solve for the anchors alone.
          const rightX = before * ezX - errorX;
          const rightY = before * ezY - errorY;
          const scale2 = c[row + SCALE_2]!;
          impulseX = scale2 * (eyY * rightX - eyX * rightY);
          impulseY = scale2 * (exX * rightY - eyX * rightX);
          impulseAngle = -before;
          state[impulses + 2] = 0;
        } else {
          state[impulses + 2] = after;
        }
      }
      state[impulses]! += impulseX;
      state[impulses + 1]! += impulseY;

      const massA = c[row + MASS_A]!;
      const massB = c[row + MASS_B]!;
      state[a]! -= massA * impulseX;
      state[a + 1]! -= massA * impulseY;
      state[a + 2] = turnA - inertiaA * (armAX * impulseY - armAY * impulseX + impulseAngle);
      state[b]! += massB * impulseX;
      state[b + 1]! += massB * impulseY;
      state[b + 2] = turnB + inertiaB * (armBX * impulseY - armBY * impulseX + impulseAngle);
    }
  }

  /** One iteration over the positions: of each joint the angle, then the anchors. Returns whether all were near enough. */
  solvePositions(poses: Poses): boolean {
    let isSolved = true;
    for (let j = 0; j < this.count; j++) {
      const angularError = this.limit[j] === INACTIVE ? 0 : this.turnWithinLimit(j, poses.position);
      const positionError = this.moveAnchors(j, poses);
      isSolved = isSolved && positionError <= Settings.linearSlop && angularError <= Settings.angularSlop;
    }
    return isSolved;
  }

  /** Returns by how much the angle was beyond its limit. */
  private turnWithinLimit(j: number, position: Float64Array): number {
    const c = this.constants;
    const row = j * ROW;
    const a = this.bodyA[j]! + 2;
    const b = this.bodyB[j]! + 2;
    const angle = position[b]! - position[a]! - c[row + REFERENCE_ANGLE]!;
    const { angularSlop, maxAngularCorrection } = Settings;
    const isLower = this.limit[j] === AT_LOWER_LIMIT;
    const beyond = angle - (isLower ? c[row + LOWER_ANGLE]! : c[row + UPPER_ANGLE]!);
    const correction = isLower
      ? clamp(beyond + angularSlop, -maxAngularCorrection, 0)
      : clamp(beyond - angularSlop, 0, maxAngularCorrection);
    const impulse = -c[row + MOTOR_MASS]! * correction;
    position[a]! -= c[row + INERTIA_A]! * impulse;
    position[b]! += c[row + INERTIA_B]! * impulse;
    return isLower ? -beyond : beyond;
  }

  /** Returns how far the anchors were apart. */
  private moveAnchors(j: number, poses: Poses): number {
    const c = this.constants;
    const { position } = poses;
    const row = j * ROW;
    const a = this.bodyA[j]!;
    const b = this.bodyB[j]!;
    poses.turn(a);
    poses.turn(b);
    const sinA = poses.sin[a]!;
    const cosA = poses.cos[a]!;
    const sinB = poses.sin[b]!;
    const cosB = poses.cos[b]!;
    const armAX = cosA * c[row + LOCAL_A_X]! - sinA * c[row + LOCAL_A_Y]!;
    const armAY = sinA * c[row + LOCAL_A_X]! + cosA * c[row + LOCAL_A_Y]!;
    const armBX = cosB * c[row + LOCAL_B_X]! - sinB * c[row + LOCAL_B_Y]!;
    const armBY = sinB * c[row + LOCAL_B_X]! + cosB * c[row + LOCAL_B_Y]!;
    const errorX = position[b]! + armBX - (position[a]! + armAX);
    const errorY = position[b + 1]! + armBY - (position[a + 1]! + armAY);

    const massA = c[row + MASS_A]!;
    const massB = c[row + MASS_B]!;
    const inertiaA = c[row + INERTIA_A]!;
    const inertiaB = c[row + INERTIA_B]!;
    const exX = massA + massB + inertiaA * armAY * armAY + inertiaB * armBY * armBY;
    const eyX = -inertiaA * armAX * armAY - inertiaB * armBX * armBY;
    const eyY = massA + massB + inertiaA * armAX * armAX + inertiaB * armBX * armBX;
    const scale = inverseOrZero(exX * eyY - eyX * eyX);
    const impulseX = -(scale * (eyY * errorX - eyX * errorY));
    const impulseY = -(scale * (exX * errorY - eyX * errorX));
    position[a]! -= massA * impulseX;
    position[a + 1]! -= massA * impulseY;
    position[a + 2]! -= inertiaA * (armAX * impulseY - armAY * impulseX);
    position[b]! += massB * impulseX;
    position[b + 1]! += massB * impulseY;
    position[b + 2]! += inertiaB * (armBX * impulseY - armBY * impulseX);
    return Math.sqrt(errorX * errorX + errorY * errorY);
  }
}
