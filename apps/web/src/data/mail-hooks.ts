import { useQuery } from '@tanstack/react-query';
import { MailAddressView } from '@wickworks/contracts';
import { AUTH_KEY } from './auth-hooks.js';
import { ask } from './auth-rest.js';

/** Has a link mailed that sets a new password; the same answer whether there is such an account or not. */
export const forgotPassword = (account: string): Promise<void> =>
  ask('/auth/password/forgot', null, { method: 'POST', body: { account } });

/** Sets a new password with the token that came by mail. */
export const resetPassword = (body: { token: string; newPassword: string }): Promise<void> =>
  ask('/auth/password/reset', null, { method: 'POST', body });

/** Where mail of the own account goes. */
export const useMailAddress = () =>
  useQuery({
    queryKey: [...AUTH_KEY, 'mail'],
    queryFn: () => ask('/auth/mail-address', MailAddressView),
    retry: false,
  });
export const setMailAddress = (body: { address: string; password: string }): Promise<MailAddressView> =>
  ask('/auth/mail-address', MailAddressView, { method: 'PUT', body });
export const removeMailAddress = (password: string): Promise<void> =>
  ask('/auth/mail-address/remove', null, { method: 'POST', body: { password } });
export const confirmMailAddress = (token: string): Promise<void> =>
  ask('/auth/mail-address/confirm', null, { method: 'POST', body: { token } });
