import { includesRole, type Role } from '@wickworks/core';
import { useMe } from './auth-hooks.js';

/** Whether whoever is before the page may do what needs `role`; `true` until that is known: the server decides. */
export function useMay(role: Role): boolean {
  const me = useMe().data;
  return me === undefined || (me.role !== null && includesRole(me.role, role));
}

/** Whether asking for what belongs to an account makes sense: `false` until that is known, and for whoever is signed out. */
export function useIsIn(): boolean {
  const { data, isError } = useMe();
  return data === undefined ? isError : data.role !== null;
}
