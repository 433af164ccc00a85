// The hooks of React that the package uses, for one component. The real React is in the tests of testbed/.
let slots;
let slot;

export function useState(initial) {
  const mine = slot++;
  slots[mine] ??= [initial(), () => {}];
  return slots[mine];
}

export function useSyncExternalStore(subscribe, read, readOnServer) {
  const mine = slot++;
  const { component } = slots;
  if (component.isHydrating) {
    return readOnServer();
  }
  slots[mine] ??= { end: subscribe(() => component.render()) };
  return read();
}

/** Renders a component as React does: first as on the server, then with the store. */
export function mount(hook) {
  const component = {
    results: [],
    isHydrating: true,
    slots: Object.defineProperty([], 'component', { get: () => component }),
    render() {
      slots = component.slots;
      slot = 0;
      component.results.push(hook());
    },
    unmount: () => component.slots.forEach((each) => each.end?.()),
  };
  component.render();
  component.isHydrating = false;
  component.render();
  return component;
}
