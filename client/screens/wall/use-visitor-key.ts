import { onBeforeUnmount, onMounted } from 'vue';
import { useVisitor } from '../../stores/visitor.ts';

/** The key `v` masks names and addresses, and shows them again; `isVisitor` is how the wall begins. */
export function useVisitorKey(isVisitor: boolean): void {
  const store = useVisitor();
  store.visitor = isVisitor;
  const onKey = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): void => {
    if (key.toLowerCase() === 'v' && !ctrlKey && !altKey && !metaKey) store.toggle();
  };
  onMounted(() => window.addEventListener('keydown', onKey));
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey));
}
