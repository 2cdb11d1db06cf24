import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Body, Box, Edge, RevoluteJoint, Vec2, World } from 'planck';
import { describe, expect, it } from 'vitest';
import { NumpyRandom } from '../../math/numpyRandom.ts';
import { createOrderedWorld } from './orderedWorld.ts';
import { PlainRevoluteJoint } from './plainRevoluteJoint.ts';

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

describe('PlainRevoluteJoint', () => {
  /** A chain of four limbs with motors, thrown about over a floor until every limit has been hit. */
  function thrash(Joint: typeof RevoluteJoint | typeof PlainRevoluteJoint): number[] {
    const world = new World({ gravity: { x: 0, y: -10 } });
    world.createBody().createFixture({ shape: new Edge(new Vec2(-50, 0), new Vec2(50, 0)) });
    const random = new NumpyRandom(5);
    const limbs: Body[] = [];
    const joints: RevoluteJoint[] = [];
    for (let i = 0; i < 4; i++) {
      const body = world.createBody({ type: 'dynamic', position: new Vec2(0, 4 - i), angle: 0.1 * i });
      body.createFixture({ shape: new Box(0.1, 0.5), density: 1, filterGroupIndex: -1 });
      const above = limbs.at(-1);
      limbs.push(body);
      if (!above) continue;
      const joint = new Joint({
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
    const states: number[] = [];
    for (let t = 0; t < 400; t++) {
      for (const joint of joints) joint.setMotorSpeed(random.uniform(-6, 6));
      limbs[0]!.applyForceToCenter(new Vec2(random.uniform(-40, 40), random.uniform(0, 80)), true);
      world.step(1 / 50, 60, 20);
      for (const limb of limbs) states.push(limb.getPosition().x, limb.getPosition().y, limb.getAngle());
      for (const joint of joints) states.push(joint.getJointAngle(), joint.getMotorTorque(50));
    }
    return states;
  }

  it('moves to the last bit as planck’s own joint does, at both limits and between them', () => {
    const ours = thrash(PlainRevoluteJoint);
    expect(ours).toEqual(thrash(RevoluteJoint));
    const angles = ours.filter((_, i) => i % 18 >= 12 && i % 2 === 0);
    expect(Math.min(...angles)).toBeLessThan(-0.49);
    expect(Math.max(...angles)).toBeGreaterThan(0.69);
  });
});
