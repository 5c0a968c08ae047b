import { lazy, type ComponentType } from 'react';
import { useLocation } from 'react-router';

const BY_PATH: Readonly<Record<string, ComponentType>> = {
  '/account': lazy(async () => ({ default: (await import('../account/account-page.js')).AccountPage })),
  '/account/exchange-keys': lazy(async () => ({
    default: (await import('../account/exchange-keys-page.js')).ExchangeKeysPage,
  })),
  '/account/settings': lazy(async () => ({ default: (await import('../account/settings-page.js')).SettingsPage })),
  '/account/users': lazy(async () => ({ default: (await import('../account/users-page.js')).UsersPage })),
  '/account/audit-log': lazy(async () => ({ default: (await import('../account/audit-page.js')).AuditPage })),
  '/gallery': lazy(async () => ({ default: (await import('../gallery/gallery-page.js')).GalleryPage })),
  '/confirm-mail': lazy(async () => ({ default: (await import('../sign-in/confirm-mail-page.js')).ConfirmMailPage })),
  '/reset-password': lazy(async () => ({
    default: (await import('../sign-in/reset-password-page.js')).ResetPasswordPage,
  })),
  '/setup': lazy(async () => ({ default: (await import('../sign-in/setup-page.js')).SetupPage })),
  '/sign-in': lazy(async () => ({ default: (await import('../sign-in/sign-in-page.js')).SignInPage })),
};

/** Whichever of these pages the address names. */
export function OffMenuPage() {
  const { pathname } = useLocation();
  const Page = BY_PATH[pathname];
  return Page === undefined ? null : <Page />;
}
