/**
 * Puts the modules of the first screen into two files instead of some fifty, which together are a tenth smaller as gzip sends them: a
 * small file compresses badly. What the automation of the command line needs is the other of the two, so that a page without a screen
 * runs none of its modules.
 */
import { fileURLToPath } from 'node:url';
import { normalizePath, type Rolldown } from 'vite';

const modulePath = (path: string): string => normalizePath(fileURLToPath(new URL(`../${path}`, import.meta.url)));

/** A module with all that it imports before it runs. */
function closureOf(path: string, context: Rolldown.ChunkingContext): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) visit(imported);
  };
  visit(modulePath(path));
  return found;
}

/** The group for `codeSplitting`. It is made anew for each build. */
export function firstScreenGroup(): Rolldown.CodeSplittingGroup {
  let closures: Record<'main' | 'automation' | 'app', ReadonlySet<string>> | null = null;
  return {
    debugName: 'first screen',
    name: (id, context) => {
      closures ??= {
        main: closureOf('src/main.tsx', context),
        automation: closureOf('src/ui/automation.ts', context),
        app: closureOf('src/ui/App.tsx', context),
      };
      if (!closures.app.has(id) || closures.main.has(id)) return null;
      return closures.automation.has(id) ? 'engine' : 'page';
    },
  };
}
