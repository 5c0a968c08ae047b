export { SetupPage } from './setup-page.js';
export { SignInPage } from './sign-in-page.js';
