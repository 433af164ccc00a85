// The functions of Angular that the package uses. The real Angular is in the tests of testbed/.
export class DestroyRef {}

export const ends = [];

export function inject(token) {
  return token === DestroyRef ? { onDestroy: (end) => ends.push(end) } : undefined;
}

export function signal(value) {
  const read = () => value;
  return Object.assign(read, {
    set(next) {
      value = next;
    },
    asReadonly: () => () => read(),
  });
}
