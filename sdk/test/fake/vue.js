// The functions of Vue that the package uses. The real Vue is in the tests of testbed/.
let ends;

export const shallowRef = (value) => ({ value });

export const computed = (read) => ({
  get value() {
    return read();
  },
});

export const getCurrentScope = () => ends;

export const onScopeDispose = (end) => ends.push(end);

/** Runs `setup` of a component. The function ends it. */
export function scope(setup) {
  const mine = [];
  ends = mine;
  try {
    return [setup(), () => mine.forEach((end) => end())];
  } finally {
    ends = undefined;
  }
}
