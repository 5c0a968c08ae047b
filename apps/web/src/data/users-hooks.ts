import { useQuery } from '@tanstack/react-query';
import { InvitationCreated, InvitationView, UserView } from '@wickworks/contracts';
import type { Role } from '@wickworks/core';
import type * as z from 'zod';
import { askAll } from './ask-all.js';
import { AUTH_KEY } from './auth-hooks.js';
import { ask } from './auth-rest.js';

export const changeUser = ({
  id,
  version,
  ...body
}: {
  id: string;
  version: number;
  role?: Role;
  isDisabled?: boolean;
}): Promise<UserView> => ask(`/users/${encodeURIComponent(id)}`, UserView, { method: 'PATCH', body, version });

/** Gives an account a new password; its sessions and its second factor end. */
export const givePassword = ({ id, password }: { id: string; password: string }): Promise<void> =>
  ask(`/users/${encodeURIComponent(id)}/password`, null, { method: 'POST', body: { password } });

/** Invitations that nobody has followed yet. */
export const useInvitations = () =>
  useQuery({
    queryKey: [...AUTH_KEY, 'invitations'],
    queryFn: () => askAll('/invitations', InvitationView),
    retry: false,
  });
export const invite = (role: Role): Promise<z.infer<typeof InvitationCreated>> =>
  ask('/invitations', InvitationCreated, { method: 'POST', body: { role } });
export const takeBackInvitation = (id: string): Promise<void> =>
  ask(`/invitations/${encodeURIComponent(id)}`, null, { method: 'DELETE' });
