/** The private parts of planck 1.5.0 that the solver leans on; `box2d.test.ts` notices when they change. */
import type { World } from 'planck';

interface Vector {
  x: number;
  y: number;
}

interface Vector3 extends Vector {
  z: number;
}

export interface Step {
  readonly dt: number;
  readonly velocityIterations: number;
  readonly positionIterations: number;
}

export interface SolverBody {
  readonly c_velocity: { readonly v: Vector; w: number };
  readonly c_position: { readonly c: Vector; a: number };
  readonly m_sweep: { readonly c: Vector; a: number; readonly c0: Vector; a0: number; alpha0: number };
  readonly m_linearVelocity: Vector;
  m_angularVelocity: number;
  readonly m_force: Vector;
  readonly m_torque: number;
  readonly m_gravityScale: number;
  readonly m_invMass: number;
  readonly m_invI: number;
  readonly m_linearDamping: number;
  readonly m_angularDamping: number;
  readonly m_autoSleepFlag: boolean;
  m_sleepTime: number;
  m_next: SolverBody | null;
  isDynamic(): boolean;
  isStatic(): boolean;
  setAwake(flag: boolean): void;
  synchronizeTransform(): void;
}

export interface SolverJoint {
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
  readonly m_impulse: Vector3;
  m_motorImpulse: number;
  initVelocityConstraints(step: Step): void;
}

interface Matrix {
  readonly ex: Vector;
  readonly ey: Vector;
}

export interface SolverContact {
  readonly m_fixtureA: { readonly m_body: SolverBody };
  readonly m_fixtureB: { readonly m_body: SolverBody };
  readonly m_impulse: unknown;
  readonly m_next: SolverContact | null;
  readonly v_points: readonly {
    readonly rA: Vector;
    readonly rB: Vector;
    readonly normalMass: number;
    readonly tangentMass: number;
    readonly velocityBias: number;
    normalImpulse: number;
    tangentImpulse: number;
  }[];
  readonly v_pointCount: number;
  readonly v_normal: Vector;
  readonly v_normalMass: Matrix;
  readonly v_K: Matrix;
  readonly v_friction: number;
  readonly v_tangentSpeed: number;
  readonly v_invMassA: number;
  readonly v_invMassB: number;
  readonly v_invIA: number;
  readonly v_invIB: number;
  /** 1: the face is that of the first shape, 2: that of the second. */
  readonly p_type: number;
  readonly p_pointCount: number;
  readonly p_localPoints: readonly Vector[];
  readonly p_localNormal: Vector;
  readonly p_localPoint: Vector;
  readonly p_localCenterA: Vector;
  readonly p_localCenterB: Vector;
  readonly p_radiusA: number;
  readonly p_radiusB: number;
  initConstraint(step: Step): void;
  initVelocityConstraint(step: Step): void;
  warmStartConstraint(step: Step): void;
  storeConstraintImpulses(step: Step): void;
}

/** What planck's solver has gathered: bodies that touch or hang together. */
export interface Island {
  readonly m_world: { readonly m_gravity: Vector; postSolve(contact: SolverContact, impulse: unknown): void };
  readonly m_bodies: readonly SolverBody[];
  readonly m_contacts: readonly SolverContact[];
  readonly m_joints: readonly SolverJoint[];
}

type AddPair = (first: unknown, second: unknown) => void;

export interface BroadPhase {
  /** Proxies that have moved, or null for ones that are gone. */
  readonly m_moveBuffer: (number | null)[];
  readonly m_tree: {
    getFatAABB(proxy: number): unknown;
    getUserData(proxy: number): unknown;
    query(box: unknown, found: (proxy: number) => boolean): void;
  };
  updatePairs(addPair: AddPair): void;
}

interface WorldInternals {
  readonly m_broadPhase: BroadPhase;
  readonly m_solver: Island & {
    solveIsland(step: Step): void;
    solveWorldTOI(step: Step): void;
    solveIslandTOI(step: Step, first: SolverBody, second: SolverBody): void;
  };
  m_bodyList: SolverBody | null;
  readonly m_contactList: SolverContact | null;
}

export const internalsOf = (world: World): WorldInternals => world as unknown as WorldInternals;
