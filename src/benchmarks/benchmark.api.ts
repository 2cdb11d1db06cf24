/** All the page knows of a worker that measures. One worker measures one thing: what ran before in a thread changes how fast the next thing is. */
import type { BenchmarkNetwork } from '../config/benchmarkNetworks.ts';
import type { Device } from '../config/devices.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';

export interface EnvFigures {
  readonly stepsPerSecond: number;
}

export interface InferenceFigures {
  /** Per environment and step */
  readonly microsecondsPerStep: number;
  readonly gflops: number;
}

export interface LearnerFigures {
  readonly msPerUpdate: number;
  /** Env steps */
  readonly framesPerSecond: number;
  /** Compute dispatches on webgpu; kernels that TensorFlow.js calls on wasm and cpu. Of one update */
  readonly dispatches: number;
  /** JavaScript's share: until the update is handed over, or done */
  readonly jsMsPerUpdate: number;
}

export interface QueueFigures {
  readonly handoversPerSecond: number;
}

export interface ActorFigures {
  /** Env steps */
  readonly framesPerSecond: number;
}

/** Each measures for some `durationMs` after warming up. They reject, with a sentence to show, where something cannot be had. */
export interface BenchmarkApi {
  /** Random play of 16 environments, as an actor steps them. */
  env(id: string, durationMs: number): Promise<EnvFigures>;
  /** The forward pass of 16 environments, as an actor makes it. */
  inference(network: BenchmarkNetwork, durationMs: number): Promise<InferenceFigures>;
  /** Updates of batches of `batchSize` rollouts of 20 steps. */
  learner(device: Device, network: BenchmarkNetwork, batchSize: number, durationMs: number): Promise<LearnerFigures>;
  /** One slot's way through the table, claimed, filled, taken and given back, with nobody else about. */
  queue(durationMs: number): Promise<QueueFigures>;
  /** One actor of this configuration, whose rollouts are thrown away. */
  actor(hyperparameters: Hyperparameters, durationMs: number): Promise<ActorFigures>;
}
