import { onBeforeUnmount, onMounted } from 'vue';
import { useVisitor } from '../../stores/visitor.ts';
import { isWriting } from './is-writing.ts';

/** The key `v` masks names and addresses, and shows them again; `isVisitor` is how the wall begins. */
export function useVisitorKey(isVisitor: boolean): void {
  const store = useVisitor();
  store.begin(isVisitor);
  const onKey = (event: KeyboardEvent): void => {
    const { key, ctrlKey, altKey, metaKey } = event;
    if (key.toLowerCase() === 'v' && !ctrlKey && !altKey && !metaKey && !isWriting(event)) store.toggle();
  };
  onMounted(() => window.addEventListener('keydown', onKey));
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey));
}
