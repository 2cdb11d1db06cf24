import { Store } from './store.ts';

/** Follows a store at most once in so many milliseconds; the first change after a rest, at once. */
export function slowed<T>(source: Store<T>, milliseconds: number): Store<T> {
  const followed = new Store(source.get());
  let isResting = false;
  const follow = () => {
    if (isResting || Object.is(source.get(), followed.get())) return;
    isResting = true;
    setTimeout(() => {
      isResting = false;
      follow();
    }, milliseconds);
    followed.set(source.get());
  };
  source.subscribe(follow);
  return followed;
}
