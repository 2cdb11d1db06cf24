import { GradientExchange } from '../rollout/GradientExchange.ts';
import { LiveSettings } from '../rollout/LiveSettings.ts';
import { ParameterStore } from '../rollout/ParameterStore.ts';
import { Progress } from '../rollout/Progress.ts';
import { SlotTable } from '../rollout/SlotTable.ts';
import { viewRollouts } from '../rollout/trainingMemory.ts';
import { exposeWorker } from '../threads/exposeWorker.ts';
import { createEngine, type OpenedEngine } from './createEngine.ts';
import type { LearnerApi, LearnerTask } from './learner.api.ts';
import { Learner } from './learner.ts';

let task: LearnerTask | null = null;
let opened: OpenedEngine | null = null;

/** Since 1970, so that other threads can compare. */
const now = () => performance.timeOrigin + performance.now();
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

exposeWorker<LearnerApi>({
  async prepare(newTask) {
    task = newTask;
    opened = await createEngine(task.hyperparameters, task.network, task.parameters, now, task.measured);
    if (task.resumeFrom) opened.engine.importState(task.resumeFrom, task.resumeFrom.updates);
    return opened.report;
  },

  async run(report) {
    if (!task || !opened) throw new Error('The learner was asked to run before it was prepared.');
    const { hyperparameters, network, memory, learnerIndex, owner, resumeFrom } = task;
    const learner = new Learner({
      hyperparameters,
      network,
      learnerIndex,
      owner,
      engine: opened.engine,
      resumeFrom,
      rollouts: viewRollouts(hyperparameters, network, memory),
      slots: new SlotTable(memory.slots),
      parameters: new ParameterStore(memory.parameters),
      progress: new Progress(memory.progress),
      exchange: new GradientExchange(memory.gradients, hyperparameters.numLearners),
      liveSettings: new LiveSettings(memory.liveSettings),
      now,
      sleep,
      report,
    });
    await learner.run();
  },
});
