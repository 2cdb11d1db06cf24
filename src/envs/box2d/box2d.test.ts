import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Body, Box, Edge, RevoluteJoint, Vec2, World } from 'planck';
import { describe, expect, it } from 'vitest';
import { NumpyRandom } from '../../math/numpyRandom.ts';
import { createOrderedWorld, forgetGround } from './orderedWorld.ts';
import { internalsOf } from './planckInternals.ts';

describe('planck', () => {
  it('is the version whose private names are used and whose centres of mass are right', () => {
    const folder = join(import.meta.dirname, '../../../node_modules/planck');
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(version).toBe('1.5.0');
  });
});

describe('An ordered world', () => {
  /** Three boxes on a row of edges. Tells which fixtures came into contact, by order of creation, in which order. */
  function contactsOf(world: World): string[] {
    const names = new Map<unknown, number>();
    const contacts: string[] = [];
    for (let i = 0; i < 6; i++) {
      const shape = new Edge(new Vec2(i, 0), new Vec2(i + 1, 0));
      names.set(world.createBody().createFixture({ shape }), names.size);
    }
    for (const x of [4.5, 1.5, 3]) {
      const body = world.createBody({ type: 'dynamic', position: new Vec2(x, 0.45) });
      names.set(body.createFixture({ shape: new Box(0.8, 0.4), density: 1 }), names.size);
    }
    world.on('begin-contact', (contact) => {
      const pair = [names.get(contact.getFixtureA())!, names.get(contact.getFixtureB())!];
      contacts.push(pair.sort((a, b) => a - b).join('–'));
    });
    for (let t = 0; t < 60; t++) world.step(1 / 50, 20, 10);
    return contacts;
  }

  it('finds the same contacts as planck’s own', () => {
    const ours = contactsOf(createOrderedWorld({ x: 0, y: -10 }));
    const theirs = contactsOf(new World({ gravity: { x: 0, y: -10 } }));
    expect(new Set(ours)).toEqual(new Set(theirs));
    expect(ours.length).toBeGreaterThan(6);
  });

  it('creates those of one step in the order of their fixtures', () => {
    const world = createOrderedWorld({ x: 0, y: -10 });
    const created: string[] = [];
    const broadPhase = (world as unknown as { m_broadPhase: { updatePairs(add: unknown): void } }).m_broadPhase;
    const updatePairs = broadPhase.updatePairs.bind(broadPhase);
    type Proxy = { proxyId: number };
    broadPhase.updatePairs = (add: (first: Proxy, second: Proxy) => void) => {
      const pairs: number[][] = [];
      updatePairs((first: Proxy, second: Proxy) => {
        pairs.push([first.proxyId, second.proxyId]);
        add(first, second);
      });
      const sorted = pairs.toSorted(([a, b], [c, d]) => a! - c! || b! - d!);
      expect(pairs).toEqual(sorted);
      expect(new Set(pairs.map(String)).size).toBe(pairs.length);
      created.push(...pairs.map(String));
    };
    contactsOf(world);
    expect(created.length).toBeGreaterThan(10);
  });
});

describe('The solver', () => {
  /** A chain of four limbs with motors, thrown about over hills until every limit has been hit; boxes lie in its way. */
  function thrash(world: World, prepare: (world: World) => void): number[] {
    for (let i = -20; i < 20; i++) {
      const shape = new Edge(new Vec2(i, Math.sin(i)), new Vec2(i + 1, Math.sin(i + 1)));
      world.createBody().createFixture({ shape, friction: 2.5 });
    }
    const random = new NumpyRandom(5);
    const bodies: Body[] = [];
    const joints: RevoluteJoint[] = [];
    for (const x of [-6, -3, 3, 3.5]) {
      const body = world.createBody({ type: 'dynamic', position: new Vec2(x, 3), angle: x });
      body.createFixture({ shape: new Box(0.8, 0.3), density: 0.2, restitution: 0.3 });
      bodies.push(body);
    }
    for (let i = 0; i < 4; i++) {
      const body = world.createBody({ type: 'dynamic', position: new Vec2(0, 6 - i), angle: 0.1 * i });
      body.createFixture({ shape: new Box(0.1, 0.5), density: 1, filterGroupIndex: -1 });
      const above = bodies.at(-1)!;
      bodies.push(body);
      if (i === 0) continue;
      const joint = new RevoluteJoint({
        bodyA: above,
        bodyB: body,
        localAnchorA: new Vec2(0, -0.5),
        localAnchorB: new Vec2(0, 0.5),
        referenceAngle: 0.05,
        enableMotor: true,
        enableLimit: true,
        maxMotorTorque: 20,
        motorSpeed: 1,
        lowerAngle: -0.5,
        upperAngle: 0.7,
      });
      world.createJoint(joint);
      joints.push(joint);
    }
    prepare(world);
    const states: number[] = [];
    for (let t = 0; t < 350; t++) {
      for (const joint of joints) joint.setMotorSpeed(random.uniform(-6, 6));
      if (t < 200) bodies[4]!.applyForceToCenter(new Vec2(random.uniform(-40, 40), random.uniform(0, 80)), true);
      world.step(1 / 50, 60, 20);
      for (const body of bodies) {
        const { x, y } = body.getPosition();
        states.push(x, y, body.getAngle(), body.isAwake() ? 1 : 0);
      }
      for (const joint of joints) states.push(joint.getJointAngle(), joint.getMotorTorque(50));
    }
    return states;
  }

  /** Order of contacts apart, which `createOrderedWorld` changes on purpose: here planck's own broad phase finds them. */
  function unorderedWorld(): World {
    const world = createOrderedWorld({ x: 0, y: -10 });
    delete (internalsOf(world).m_broadPhase as { updatePairs?: unknown }).updatePairs;
    return world;
  }

  it('moves bodies to the last bit as planck’s own does: limits, friction, impacts, sleep, ground on the list or not', () => {
    const theirs = thrash(new World({ gravity: { x: 0, y: -10 } }), () => {});
    expect(thrash(unorderedWorld(), () => {})).toEqual(theirs);
    expect(thrash(unorderedWorld(), forgetGround)).toEqual(theirs);
    const angles = theirs.filter((_, i) => i % 38 >= 32 && i % 2 === 0);
    expect(Math.min(...angles)).toBeLessThan(-0.49);
    expect(Math.max(...angles)).toBeGreaterThan(0.69);
    expect(theirs.filter((_, i) => i % 38 === 3)).toContain(0);
  });
});
