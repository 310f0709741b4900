import { onBeforeUnmount, onMounted } from 'vue';
import { useVisitor } from '../../stores/visitor.ts';
import { isWriting } from './is-writing.ts';

/** A mask that was taken off does not come back with the next load of this page because its address asks for it. */
function forgetInAddress(): void {
  const address = new URL(window.location.href);
  // A page that is a file may not change its address.
  if (address.protocol === 'file:' || !address.searchParams.has('visitor')) return;
  address.searchParams.delete('visitor');
  window.history.replaceState(window.history.state, '', address);
}

/** The key `v` masks names and addresses, and shows them again; `isVisitor` is how the wall begins. */
export function useVisitorKey(isVisitor: boolean): void {
  const store = useVisitor();
  store.begin(isVisitor);
  const onKey = (event: KeyboardEvent): void => {
    const { key, ctrlKey, altKey, metaKey } = event;
    if (key.toLowerCase() !== 'v' || ctrlKey || altKey || metaKey || isWriting(event)) return;
    store.toggle();
    if (!store.visitor) forgetInAddress();
  };
  onMounted(() => window.addEventListener('keydown', onKey));
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey));
}
