import { type ComponentType } from 'react';
import { useLocation } from 'react-router';
import { later } from '../../ui/later.js';

const BY_PATH: Readonly<Record<string, ComponentType>> = {
  '/account': later(async () => (await import('../account/account-page.js')).AccountPage),
  '/account/exchange-keys': later(async () => (await import('../account/exchange-keys-page.js')).ExchangeKeysPage),
  '/account/settings': later(async () => (await import('../account/settings-page.js')).SettingsPage),
  '/account/users': later(async () => (await import('../account/users-page.js')).UsersPage),
  '/account/audit-log': later(async () => (await import('../account/audit-page.js')).AuditPage),
  '/gallery': later(async () => (await import('../gallery/gallery-page.js')).GalleryPage),
  '/confirm-mail': later(async () => (await import('../sign-in/confirm-mail-page.js')).ConfirmMailPage),
  '/reset-password': later(async () => (await import('../sign-in/reset-password-page.js')).ResetPasswordPage),
  '/setup': later(async () => (await import('../sign-in/setup-page.js')).SetupPage),
  '/sign-in': later(async () => (await import('../sign-in/sign-in-page.js')).SignInPage),
};

/** Whichever of these pages the address names. */
export function OffMenuPage() {
  const { pathname } = useLocation();
  const Page = BY_PATH[pathname];
  return Page === undefined ? null : <Page />;
}
