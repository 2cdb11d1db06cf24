import { RevoluteJoint, Settings, type TimeStep } from 'planck';

interface Vector {
  x: number;
  y: number;
}

interface SolverBody {
  readonly c_velocity: { readonly v: Vector; w: number };
  readonly c_position: { readonly c: Vector; a: number };
}

/** The private parts of planck 1.5.0's joint that this leans on; `box2d.test.ts` notices when they change. */
interface Internals {
  readonly m_bodyA: SolverBody;
  readonly m_bodyB: SolverBody;
  readonly m_localAnchorA: Vector;
  readonly m_localAnchorB: Vector;
  readonly m_localCenterA: Vector;
  readonly m_localCenterB: Vector;
  readonly m_referenceAngle: number;
  readonly m_lowerAngle: number;
  readonly m_upperAngle: number;
  readonly m_maxMotorTorque: number;
  readonly m_motorSpeed: number;
  readonly m_motorMass: number;
  readonly m_limitState: number;
  readonly m_invMassA: number;
  readonly m_invMassB: number;
  readonly m_invIA: number;
  readonly m_invIB: number;
  readonly m_rA: Vector;
  readonly m_rB: Vector;
  /** The effective mass as three columns. */
  readonly m_mass: { readonly ex: Vector3; readonly ey: Vector3; readonly ez: Vector3 };
  readonly m_impulse: { x: number; y: number; z: number };
  m_motorImpulse: number;
}

interface Vector3 {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

const INACTIVE = 0;
const AT_LOWER_LIMIT = 1;

/**
 * planck's revolute joint with its two inner loops written in plain numbers: the same arithmetic in the same order (so
 * the same bits), without the small vectors that planck allocates some 400 times a step and joint. It is for joints with
 * a motor, with limits some way apart, between bodies that can turn.
 */
export class PlainRevoluteJoint extends RevoluteJoint {
  override solveVelocityConstraints(step: TimeStep): void {
    const joint = this as unknown as Internals;
    solveMotor(joint, step.dt);
    solvePointAndLimit(joint);
  }

  override solvePositionConstraints(): boolean {
    const joint = this as unknown as Internals;
    const angularError = solveLimitPosition(joint);
    const positionError = solvePointPosition(joint);
    return positionError <= Settings.linearSlop && angularError <= Settings.angularSlop;
  }
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

function solveMotor(joint: Internals, dt: number): void {
  const velocityA = joint.m_bodyA.c_velocity;
  const velocityB = joint.m_bodyB.c_velocity;
  const maxImpulse = dt * joint.m_maxMotorTorque;
  const wanted = joint.m_motorImpulse + -joint.m_motorMass * (velocityB.w - velocityA.w - joint.m_motorSpeed);
  const clamped = clamp(wanted, -maxImpulse, maxImpulse);
  const impulse = clamped - joint.m_motorImpulse;
  joint.m_motorImpulse = clamped;
  velocityA.w -= joint.m_invIA * impulse;
  velocityB.w += joint.m_invIB * impulse;
}

/** Holds the anchors together and, at a limit, the angle. */
function solvePointAndLimit(joint: Internals): void {
  const { m_rA: rA, m_rB: rB, m_impulse: total } = joint;
  const { ex, ey, ez } = joint.m_mass;
  const velocityA = joint.m_bodyA.c_velocity;
  const velocityB = joint.m_bodyB.c_velocity;
  const errorX = velocityB.v.x + -velocityB.w * rB.y - (velocityA.v.x + -velocityA.w * rA.y);
  const errorY = velocityB.v.y + velocityB.w * rB.x - (velocityA.v.y + velocityA.w * rA.x);

  if (joint.m_limitState === INACTIVE) {
    const scale = inverseOrZero(ex.x * ey.y - ey.x * ex.y);
    const impulseX = scale * (ey.y * -errorX - ey.x * -errorY);
    const impulseY = scale * (ex.x * -errorY - ex.y * -errorX);
    total.x += impulseX;
    total.y += impulseY;
    applyImpulse(joint, impulseX, impulseY, 0);
    return;
  }

  // The 3 × 3 system by Cramer's rule.
  const errorAngle = velocityB.w - velocityA.w;
  const crossX = ey.y * ez.z - ey.z * ez.y;
  const crossY = ey.z * ez.x - ey.x * ez.z;
  const crossZ = ey.x * ez.y - ey.y * ez.x;
  const scale = inverseOrZero(ex.x * crossX + ex.y * crossY + ex.z * crossZ);
  let impulseX = -(scale * (errorX * crossX + errorY * crossY + errorAngle * crossZ));
  let impulseY = -(
    scale *
    (ex.x * (errorY * ez.z - errorAngle * ez.y) +
      ex.y * (errorAngle * ez.x - errorX * ez.z) +
      ex.z * (errorX * ez.y - errorY * ez.x))
  );
  let impulseAngle = -(
    scale *
    (ex.x * (ey.y * errorAngle - ey.z * errorY) +
      ex.y * (ey.z * errorX - ey.x * errorAngle) +
      ex.z * (ey.x * errorY - ey.y * errorX))
  );
  const newTotal = total.z + impulseAngle;
  const pulls = joint.m_limitState === AT_LOWER_LIMIT ? newTotal < 0 : newTotal > 0;
  if (pulls) {
    // A limit can only push: give its impulse back, and solve for the anchors alone.
    const rightX = -1 * errorX + total.z * ez.x;
    const rightY = -1 * errorY + total.z * ez.y;
    const scale22 = inverseOrZero(ex.x * ey.y - ey.x * ex.y);
    impulseX = scale22 * (ey.y * rightX - ey.x * rightY);
    impulseY = scale22 * (ex.x * rightY - ex.y * rightX);
    impulseAngle = -total.z;
    total.x += impulseX;
    total.y += impulseY;
    total.z = 0;
  } else {
    total.x += impulseX;
    total.y += impulseY;
    total.z += impulseAngle;
  }
  applyImpulse(joint, impulseX, impulseY, impulseAngle);
}

function applyImpulse(joint: Internals, x: number, y: number, angle: number): void {
  const { m_rA: rA, m_rB: rB } = joint;
  const velocityA = joint.m_bodyA.c_velocity;
  const velocityB = joint.m_bodyB.c_velocity;
  velocityA.v.x -= joint.m_invMassA * x;
  velocityA.v.y -= joint.m_invMassA * y;
  velocityA.w -= joint.m_invIA * (rA.x * y - rA.y * x + angle);
  velocityB.v.x += joint.m_invMassB * x;
  velocityB.v.y += joint.m_invMassB * y;
  velocityB.w += joint.m_invIB * (rB.x * y - rB.y * x + angle);
}

/** Turns the bodies back within the limit. Returns by how much they were beyond it. */
function solveLimitPosition(joint: Internals): number {
  if (joint.m_limitState === INACTIVE) return 0;
  const positionA = joint.m_bodyA.c_position;
  const positionB = joint.m_bodyB.c_position;
  const angle = positionB.a - positionA.a - joint.m_referenceAngle;
  const { angularSlop, maxAngularCorrection } = Settings;
  let error: number;
  let correction: number;
  if (joint.m_limitState === AT_LOWER_LIMIT) {
    const beyond = angle - joint.m_lowerAngle;
    error = -beyond;
    correction = clamp(beyond + angularSlop, -maxAngularCorrection, 0);
  } else {
    const beyond = angle - joint.m_upperAngle;
    error = beyond;
    correction = clamp(beyond - angularSlop, 0, maxAngularCorrection);
  }
  const impulse = -joint.m_motorMass * correction;
  positionA.a -= joint.m_invIA * impulse;
  positionB.a += joint.m_invIB * impulse;
  return error;
}

/** Moves the anchors together. Returns how far they were apart. */
function solvePointPosition(joint: Internals): number {
  const { m_invMassA: mA, m_invMassB: mB, m_invIA: iA, m_invIB: iB } = joint;
  const positionA = joint.m_bodyA.c_position;
  const positionB = joint.m_bodyB.c_position;
  const sinA = Math.sin(positionA.a);
  const cosA = Math.cos(positionA.a);
  const sinB = Math.sin(positionB.a);
  const cosB = Math.cos(positionB.a);
  const localAX = joint.m_localAnchorA.x - joint.m_localCenterA.x;
  const localAY = joint.m_localAnchorA.y - joint.m_localCenterA.y;
  const localBX = joint.m_localAnchorB.x - joint.m_localCenterB.x;
  const localBY = joint.m_localAnchorB.y - joint.m_localCenterB.y;
  const rAX = cosA * localAX - sinA * localAY;
  const rAY = sinA * localAX + cosA * localAY;
  const rBX = cosB * localBX - sinB * localBY;
  const rBY = sinB * localBX + cosB * localBY;
  const errorX = positionB.c.x + rBX - (positionA.c.x + rAX);
  const errorY = positionB.c.y + rBY - (positionA.c.y + rAY);

  const a = mA + mB + iA * rAY * rAY + iB * rBY * rBY;
  const b = -iA * rAX * rAY - iB * rBX * rBY;
  const d = mA + mB + iA * rAX * rAX + iB * rBX * rBX;
  const scale = inverseOrZero(a * d - b * b);
  const impulseX = -(scale * (d * errorX - b * errorY));
  const impulseY = -(scale * (a * errorY - b * errorX));
  positionA.c.x -= mA * impulseX;
  positionA.c.y -= mA * impulseY;
  positionA.a -= iA * (rAX * impulseY - rAY * impulseX);
  positionB.c.x += mB * impulseX;
  positionB.c.y += mB * impulseY;
  positionB.a += iB * (rBX * impulseY - rBY * impulseX);
  return Math.sqrt(errorX * errorX + errorY * errorY);
}

/** As planck has it: a determinant of 0 gives no impulse. */
const inverseOrZero = (value: number): number => (value === 0 ? 0 : 1 / value);
