import type { ActorApi } from '../actor/actor.api.ts';
import ActorWorker from '../actor/actor.worker.ts?worker';
import { findAlgorithm } from '../algorithms/registry.ts';
import type { LearnerApi, LearnerReport } from '../learner/learner.api.ts';
import LearnerWorker from '../learner/learner.worker.ts?worker';
import { callback, spawnWorker } from '../threads/spawnWorker.ts';
import type { ActorLife } from './ActorCrew.ts';
import { DistributedAgent, type LearnerLife } from './DistributedAgent.ts';
import { keepMeasurements, readMeasurements } from './deviceMeasurements.ts';
import { siteStorage } from './siteStorage.ts';

/** An agent whose actors and learners are the workers of this project. Which algorithm learns is a hyperparameter. */
export class ActorLearnerAgent extends DistributedAgent {
  readonly algorithm = findAlgorithm(this.hyperparameters.algorithm).name;

  protected async run(life: ActorLife): Promise<void> {
    const worker = await spawnWorker<ActorApi>(ActorWorker, `actor ${life.actorIndex}`);
    life.begins(worker);
    const { actorIndex, owner } = life;
    const generation = this.firstGeneration + life.generation;
    const task = { hyperparameters: this.hyperparameters, memory: this.memory, actorIndex, owner, generation };
    await worker.orDeath(worker.api.prepare(task));
    await worker.orDeath(worker.api.run());
  }

  protected async update(life: LearnerLife): Promise<void> {
    const worker = await spawnWorker<LearnerApi>(LearnerWorker, `learner ${life.learnerIndex}`);
    life.begins(worker);
    const engine = await worker.orDeath(
      worker.api.prepare({
        hyperparameters: this.hyperparameters,
        network: this.network,
        memory: this.memory,
        learnerIndex: life.learnerIndex,
        owner: life.owner,
        parameters: this.parameters,
        resumeFrom: this.resumeFrom,
        measured: readMeasurements(siteStorage, this.hyperparameters, this.network, navigator.userAgent),
      }),
    );
    if (Object.keys(engine.measured).length > 0)
      keepMeasurements(siteStorage, this.hyperparameters, this.network, navigator.userAgent, engine.measured);
    await life.ready(engine);
    await worker.orDeath(worker.api.run(callback((report: LearnerReport) => life.report(report))));
  }
}
