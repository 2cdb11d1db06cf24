/** The form as it is now. It outlasts a change of view and a reload; opening the page or a link never starts a run. */
import { siteStorage } from '../../trainer/siteStorage.ts';
import { readRoute } from '../routes.ts';
import { Store } from '../store.ts';
import { formToQuery, queryToForm } from './formLink.ts';
import { type FormState, initialForm } from './formState.ts';

const storageKey = 'pronk.form';

function firstForm(): FormState {
  const { view, query } = readRoute(location.hash);
  const text = view === 'configure' && query !== '' ? query : siteStorage.getItem(storageKey);
  return text === null ? initialForm : queryToForm(text).form;
}

export const formStore = new Store<FormState>(firstForm());

formStore.subscribe(() => siteStorage.setItem(storageKey, formToQuery(formStore.get())));

addEventListener('hashchange', () => {
  const { view, query } = readRoute(location.hash);
  if (view === 'configure' && query !== '') formStore.set(queryToForm(query).form);
});

/** The address of this page with this form in it. */
export const linkToForm = (form: FormState): string =>
  `${location.origin}${location.pathname}#/configure?${formToQuery(form)}`;
