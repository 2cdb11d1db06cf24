/** The app in a Chromium of its own, driven through `window.pronk`. */
import { type Browser, chromium, type Page } from 'playwright';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { BenchmarkResults, Figures } from '../trainer/benchmark.ts';
import type { Automation, Cursor, News } from '../ui/automation.api.ts';
import { chromiumArguments, findChromium } from './findChromium.ts';
import { type ServedApp, serveApp } from './serveApp.ts';

/** The page answers in milliseconds, since it computes nothing, but for a measurement; after this long it has lost its way. */
const answerTimeoutMs = 180_000;

interface Appearance {
  readonly isHeaded: boolean;
  /** Whether the page shows the run although nobody may look at it; as a window does. */
  readonly isDrawn?: boolean;
}

export class TrainingPage {
  readonly #app: ServedApp;
  readonly #browser: Browser;
  readonly #page: Page;
  /** Rejects when the page or the browser dies. */
  readonly #death: Promise<never>;

  private constructor(app: ServedApp, browser: Browser, page: Page) {
    this.#app = app;
    this.#browser = browser;
    this.#page = page;
    this.#death = new Promise<never>((_, reject) => {
      page.once('crash', () => reject(new Error('The page crashed, perhaps for lack of memory.')));
      page.once('close', () => reject(new Error('The browser was closed.')));
    });
    this.#death.catch(() => {}); // A death between two calls is reported by the next one.
  }

  /** Builds and serves the app and opens it. Rejects with a sentence if one of them fails. */
  static async open({ isHeaded, isDrawn = isHeaded }: Appearance): Promise<TrainingPage> {
    const executablePath = await findChromium();
    const app = await serveApp();
    const browser = await launch(executablePath, isHeaded).catch(async (error: Error) => {
      await app.close();
      throw error;
    });
    const page = await browser.newPage({ viewport: null });
    const training = new TrainingPage(app, browser, page);
    try {
      await training.#load(`${app.url}?automation${isDrawn ? '#/train' : '&headless'}`);
      return training;
    } catch (error) {
      await training.close();
      throw error;
    }
  }

  /** What "automatic" numbers of actors are derived from. */
  hardwareConcurrency(): Promise<number> {
    return this.#answer(this.#page.evaluate(() => navigator.hardwareConcurrency));
  }

  /** Rejects with a sentence for each problem of the configuration. */
  start(hyperparameters: Hyperparameters, initModel: Buffer | null): Promise<void> {
    return this.#call('start', hyperparameters, initModel?.toString('base64') ?? null);
  }

  readNews(since: Cursor): Promise<News> {
    return this.#call('readNews', since);
  }

  stop(): Promise<void> {
    return this.#call('stop');
  }

  async weights(): Promise<Buffer> {
    return Buffer.from(await this.#call('weights'), 'base64');
  }

  records(): Promise<ReturnType<Automation['records']>> {
    return this.#call('records');
  }

  /** What can be measured; fewer things if it is to be quick. */
  benchmarkNames(isQuick: boolean): Promise<string[]> {
    return this.#call('benchmarkNames', isQuick);
  }

  /** Measures one thing; `measured` has it from then on. */
  measure(name: string, isQuick: boolean): Promise<Figures> {
    return this.#call('measure', name, isQuick);
  }

  measured(): Promise<Partial<BenchmarkResults>> {
    return this.#call('measured');
  }

  get browserVersion(): string {
    return `Chromium ${this.#browser.version()}`;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#app.close();
  }

  async #load(url: string): Promise<void> {
    const failure = new Promise<never>((_, reject) => {
      this.#page.once('pageerror', (error) => reject(new Error(`The app does not start: ${error.message}`)));
    });
    failure.catch(() => {}); // Errors that come later are the agent's to report.
    await this.#page.goto(url);
    await this.#answer(Promise.race([this.#page.waitForFunction(() => window.pronk !== undefined), failure]));
  }

  /** An error of the page travels as its message, for Playwright would wrap it up in its own words. */
  async #call<Method extends keyof Automation>(
    method: Method,
    ...parameters: Parameters<Automation[Method]>
  ): Promise<Awaited<ReturnType<Automation[Method]>>> {
    const answer = await this.#answer(
      this.#page.evaluate(
        async ({ method, parameters }) => {
          try {
            const call = window.pronk?.[method] as (...parameters: unknown[]) => unknown;
            return { result: await call(...parameters) };
          } catch (error) {
            return { problem: (error as Error).message };
          }
        },
        { method, parameters },
      ),
    );
    if (answer.problem !== undefined) throw new Error(answer.problem);
    return answer.result as Awaited<ReturnType<Automation[Method]>>;
  }

  /** The answer of the page, or a rejection if it dies or falls silent. */
  async #answer<Result>(call: Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`The page has not answered for ${answerTimeoutMs / 1000} seconds.`)),
        answerTimeoutMs,
      );
    });
    try {
      return await Promise.race([call, this.#death, silence]);
    } finally {
      clearTimeout(timer);
    }
  }
}

async function launch(executablePath: string, isHeaded: boolean): Promise<Browser> {
  if (isHeaded && process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new Error('--headed needs a screen, and this session has none: DISPLAY is not set. Train without it.');
  }
  try {
    return await chromium.launch({
      executablePath,
      headless: !isHeaded,
      args: [...chromiumArguments],
      // Ctrl-C stops the training first; the browser is closed when that is done.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (error) {
    const { message } = error as Error;
    const reason = /\[err\] (.+)/.exec(message)?.[1] ?? message.split('\n')[0]; // What the browser said last, if anything.
    throw new Error(`The browser ${executablePath} does not start: ${reason}`);
  }
}
