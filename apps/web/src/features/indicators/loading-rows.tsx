import { Skeleton } from '../../ui/skeleton.js';

/** Stands where a list is on its way. */
export function LoadingRows({ label }: { label: string }) {
  return (
    <div aria-busy className="flex flex-col gap-1 p-3">
      <span className="sr-only">{label}</span>
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} />
      ))}
    </div>
  );
}
