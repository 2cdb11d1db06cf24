import { Settings } from 'planck';
import { CONTACT_IMPULSES, ContactRows } from './contactRows.ts';
import { JOINT_IMPULSES, JointRows } from './jointRows.ts';
import type { Island, SolverBody, Step } from './planckInternals.ts';
import { BODY, Poses } from './poses.ts';
import { SeparationRows } from './separationRows.ts';

/**
 * planck's solver of an island over rows of plain numbers in place of small vectors: bit for bit the same. Environments ask
 * for 180 iterations over the velocities. These end early when the state has been there before, since then all that follows
 * has been there too.
 *
 * It keeps nothing from one call to the next, so one serves all worlds.
 */
export class IslandSolver {
  /** Velocities of the bodies, then impulses of joints, then of contacts: all that an iteration reads and changes. */
  private state = new Float64Array(128);
  private remembered = new Float64Array(128);
  private readonly poses = new Poses();
  private readonly joints = new JointRows();
  private readonly contacts = new ContactRows();
  private readonly separations = new SeparationRows();

  /** One step of bodies that touch or hang together. In place of planck's `solveIsland`. */
  solve(island: Island, step: Step): void {
    const { m_bodies: bodies, m_contacts: contacts, m_joints: joints } = island;
    for (const body of bodies) accelerate(body, step.dt, island.m_world.m_gravity);
    for (const contact of contacts) contact.initConstraint(step);
    for (const contact of contacts) contact.initVelocityConstraint(step);
    for (const contact of contacts) contact.warmStartConstraint(step);
    for (const joint of joints) joint.initVelocityConstraints(step);

    this.poses.load(bodies);
    this.solveVelocities(island, step);
    this.joints.storeImpulses(this.state, bodies.length * BODY);
    this.contacts.storeImpulses(this.state, bodies.length * BODY + joints.length * JOINT_IMPULSES);
    for (const contact of contacts) contact.storeConstraintImpulses(step);
    this.move(bodies, step.dt);

    this.separations.load(contacts, this.poses, () => true);
    const isSolved = this.solvePositions(step.positionIterations);
    this.store(bodies);
    for (const contact of contacts) island.m_world.postSolve(contact, contact.m_impulse);
    letSleep(bodies, step.dt, isSolved);
  }

  /** The rest of a step from the moment in which two bodies met; only these give way. In place of planck's `solveIslandTOI`. */
  solveFromImpact(island: Island, step: Step, first: SolverBody, second: SolverBody): void {
    const { m_bodies: bodies, m_contacts: contacts } = island;
    for (const body of bodies) takeUp(body);
    for (const contact of contacts) contact.initConstraint(step);
    this.poses.load(bodies);
    this.separations.load(contacts, this.poses, (body) => body === first || body === second);
    for (let i = 0; i < step.positionIterations; i++) {
      const separation = this.separations.solvePositions(this.poses, Settings.toiBaugarte);
      if (separation >= -1.5 * Settings.linearSlop) break;
    }
    this.poses.store();
    for (const { m_sweep, c_position } of [first, second]) {
      copy(m_sweep.c0, c_position.c);
      m_sweep.a0 = c_position.a;
    }
    for (const contact of contacts) contact.initVelocityConstraint(step);
    this.solveVelocities(island, step);
    this.move(bodies, step.dt);
    this.store(bodies);
    for (const contact of contacts) island.m_world.postSolve(contact, contact.m_impulse);
  }

  private solveVelocities({ m_bodies, m_joints, m_contacts }: Island, step: Step): void {
    const jointsAt = m_bodies.length * BODY;
    const contactsAt = jointsAt + m_joints.length * JOINT_IMPULSES;
    const size = contactsAt + m_contacts.length * CONTACT_IMPULSES;
    if (this.state.length < size) {
      this.state = new Float64Array(2 * size);
      this.remembered = new Float64Array(2 * size);
    }
    const { state } = this;
    for (let i = 0; i < m_bodies.length; i++) {
      const { v, w } = m_bodies[i]!.c_velocity;
      state[i * BODY] = v.x;
      state[i * BODY + 1] = v.y;
      state[i * BODY + 2] = w;
    }
    this.joints.load(m_joints, step.dt, state, jointsAt, this.poses);
    this.contacts.load(m_contacts, state, contactsAt, this.poses);

    // Remembered is the state after 1, 2, 4, 8, … iterations, which finds cycles of any length (Brent 1980).
    let rememberedAt = 0;
    let done = 0;
    let left = step.velocityIterations;
    while (left > 0) {
      this.joints.solveVelocities(state, jointsAt);
      this.contacts.solveVelocities(state, contactsAt);
      done += 1;
      left -= 1;
      if (rememberedAt > 0 && this.isRemembered(size)) left %= done - rememberedAt;
      else if (done === Math.max(1, 2 * rememberedAt)) {
        for (let i = 0; i < size; i++) this.remembered[i] = state[i]!;
        rememberedAt = done;
      }
    }
  }

  private isRemembered(size: number): boolean {
    for (let i = 0; i < size; i++) if (this.state[i] !== this.remembered[i]) return false;
    return true;
  }

  /** Moves the bodies with their velocities, which it limits to what planck allows. */
  private move(bodies: readonly SolverBody[], dt: number): void {
    const { state } = this;
    const { position } = this.poses;
    const { maxTranslation, maxRotation } = Settings;
    for (let at = 0; at < bodies.length * BODY; at += BODY) {
      const translationX = dt * state[at]!;
      const translationY = dt * state[at + 1]!;
      const squared = translationX * translationX + translationY * translationY;
      if (squared > maxTranslation * maxTranslation) {
        const ratio = maxTranslation / Math.sqrt(squared);
        state[at]! *= ratio;
        state[at + 1]! *= ratio;
      }
      const rotation = dt * state[at + 2]!;
      if (rotation * rotation > maxRotation * maxRotation) state[at + 2]! *= maxRotation / Math.abs(rotation);
      for (let i = at; i < at + BODY; i++) position[i]! += dt * state[i]!;
    }
  }

  /** Returns whether all constraints were met, nearly enough, before the iterations ran out. */
  private solvePositions(iterations: number): boolean {
    for (let i = 0; i < iterations; i++) {
      const separation = this.separations.solvePositions(this.poses, Settings.baumgarte);
      const areJointsSolved = this.joints.solvePositions(this.poses);
      if (separation >= -3 * Settings.linearSlop && areJointsSolved) return true;
    }
    return false;
  }

  /** Gives the bodies their new positions and velocities. */
  private store(bodies: readonly SolverBody[]): void {
    this.poses.store();
    for (let i = 0; i < bodies.length; i++) {
      const body = bodies[i]!;
      copy(body.m_sweep.c, body.c_position.c);
      body.m_sweep.a = body.c_position.a;
      body.m_linearVelocity.x = this.state[i * BODY]!;
      body.m_linearVelocity.y = this.state[i * BODY + 1]!;
      body.m_angularVelocity = this.state[i * BODY + 2]!;
      body.synchronizeTransform();
    }
  }
}

function copy(to: { x: number; y: number }, from: { readonly x: number; readonly y: number }): void {
  to.x = from.x;
  to.y = from.y;
}

function takeUp(body: SolverBody): void {
  copy(body.c_position.c, body.m_sweep.c);
  body.c_position.a = body.m_sweep.a;
  copy(body.c_velocity.v, body.m_linearVelocity);
  body.c_velocity.w = body.m_angularVelocity;
}

/** Begins a step of a body: gravity, forces and damping change its velocity. */
function accelerate(body: SolverBody, dt: number, gravity: { readonly x: number; readonly y: number }): void {
  copy(body.m_sweep.c0, body.m_sweep.c);
  body.m_sweep.a0 = body.m_sweep.a;
  takeUp(body);
  if (!body.isDynamic()) return;
  const velocity = body.c_velocity;
  const push = dt * body.m_invMass;
  const fall = dt * body.m_gravityScale;
  const linearDamping = 1 / (1 + dt * body.m_linearDamping);
  velocity.v.x = linearDamping * (velocity.v.x + fall * gravity.x + push * body.m_force.x);
  velocity.v.y = linearDamping * (velocity.v.y + fall * gravity.y + push * body.m_force.y);
  velocity.w = (velocity.w + dt * body.m_invI * body.m_torque) * (1 / (1 + dt * body.m_angularDamping));
}

/** Puts bodies that have hardly moved for a while to sleep, all of them or none. */
function letSleep(bodies: readonly SolverBody[], dt: number, isSolved: boolean): void {
  const { linearSleepTolerance, angularSleepTolerance, timeToSleep } = Settings;
  let shortest = Number.POSITIVE_INFINITY;
  for (const body of bodies) {
    if (body.isStatic()) continue;
    const { x, y } = body.m_linearVelocity;
    const turn = body.m_angularVelocity;
    const isStill =
      body.m_autoSleepFlag &&
      turn * turn <= angularSleepTolerance * angularSleepTolerance &&
      x * x + y * y <= linearSleepTolerance * linearSleepTolerance;
    body.m_sleepTime = isStill ? body.m_sleepTime + dt : 0;
    shortest = Math.min(shortest, body.m_sleepTime);
  }
  if (shortest >= timeToSleep && isSolved) for (const body of bodies) body.setAwake(false);
}
