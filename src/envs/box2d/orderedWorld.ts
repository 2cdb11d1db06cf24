import { type Vec2Value, World } from 'planck';
import { IslandSolver } from './islandSolver.ts';
import { type BroadPhase, internalsOf, type SolverBody } from './planckInternals.ts';

const solver = new IslandSolver();

/** More proxies than any world has: a pair of them is one number. */
const STRIDE = 2 ** 20;

/**
 * A world that creates contacts in the order of Box2D 2.3, the engine Gymnasium uses: sorted by the ids of their
 * proxies, which ascend in the order of creation. planck creates them in the order in which it happens to find them. The
 * solver works on one contact after the other and does not converge on stiff poses, so the order shows in the result.
 */
export function createOrderedWorld(gravity: Vec2Value): World {
  const world = new World({ gravity });
  const { m_broadPhase: broadPhase, m_solver: planckSolver } = internalsOf(world);
  planckSolver.solveIsland = (step) => solver.solve(planckSolver, step);
  planckSolver.solveIslandTOI = (step, first, second) => solver.solveFromImpact(planckSolver, step, first, second);
  const pairs: number[] = [];
  broadPhase.updatePairs = (addPair) => {
    pairs.length = 0;
    findPairs(broadPhase, pairs);
    pairs.sort((a, b) => a - b);
    for (let i = 0; i < pairs.length; i++) {
      if (pairs[i] === pairs[i - 1]) continue;
      const first = Math.floor(pairs[i]! / STRIDE);
      const second = pairs[i]! % STRIDE;
      addPair(broadPhase.m_tree.getUserData(first), broadPhase.m_tree.getUserData(second));
    }
  };
  return world;
}

/** Appends a number for each overlap of a moved proxy with another, and forgets who has moved. */
function findPairs({ m_moveBuffer, m_tree }: BroadPhase, pairs: number[]): void {
  for (const moved of m_moveBuffer) {
    if (moved === null) continue;
    m_tree.query(m_tree.getFatAABB(moved), (other) => {
      if (other !== moved) pairs.push(Math.min(moved, other) * STRIDE + Math.max(moved, other));
      return true;
    });
  }
  m_moveBuffer.length = 0;
}

/**
 * Takes the ground off the world's list of bodies, for when all bodies are there. planck goes through that list five times a
 * step, though only what can move matters there: contacts, queries and rays know the others all the same.
 */
export function forgetGround(world: World): void {
  const internals = internalsOf(world);
  let last: SolverBody | null = null;
  for (let body = internals.m_bodyList; body !== null; body = body.m_next) {
    if (body.isStatic()) continue;
    if (last === null) internals.m_bodyList = body;
    else last.m_next = body;
    last = body;
  }
  if (last !== null) last.m_next = null;

  // What planck does with that list: bodies that were put forward to the moment of an impact begin the next step at its start.
  const { m_solver: planckSolver } = internals;
  const solveImpacts = planckSolver.solveWorldTOI;
  planckSolver.solveWorldTOI = (step) => {
    solveImpacts.call(planckSolver, step);
    for (let contact = internals.m_contactList; contact !== null; contact = contact.m_next) {
      contact.m_fixtureA.m_body.m_sweep.alpha0 = 0;
      contact.m_fixtureB.m_body.m_sweep.alpha0 = 0;
    }
  };
}
