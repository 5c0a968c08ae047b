import type { CredentialView } from '@wickworks/contracts';
import { needsPassphrase } from '../../data/exchange-keys.js';
import type { CredentialField } from '../../ui/credentials-form.js';
import { notify } from '../../ui/toast-store.js';

const FIELDS: readonly CredentialField[] = [
  {
    name: 'label',
    label: 'Name',
    type: 'text',
    autoComplete: 'off',
    hint: 'Yours to choose, such as “main account, trading only”.',
  },
  { name: 'apiKey', label: 'API key', type: 'text', autoComplete: 'off' },
  {
    name: 'secret',
    label: 'Secret',
    type: 'password',
    autoComplete: 'off',
    hint: 'Never shown again, not even to you.',
  },
];
const PASSPHRASE: CredentialField = {
  name: 'passphrase',
  label: 'Passphrase',
  type: 'password',
  autoComplete: 'off',
  hint: 'This exchange asks for the one you chose when you made the key.',
};

/** What an exchange wants to know of a key. */
export const keyFields = (exchange: string): readonly CredentialField[] =>
  needsPassphrase(exchange) ? [...FIELDS, PASSPHRASE] : FIELDS;

/** Says that a key was stored, and what the exchange said against it. */
export function tellStored({ label, warnings }: CredentialView): void {
  const grave = warnings.find(({ code }) => code === 'can-withdraw' || code === 'refused');
  notify(
    grave === undefined
      ? { tone: 'good', title: `${label} stored`, text: 'The secret is sealed; it is never shown again.' }
      : {
          tone: 'bad',
          title: `${label} stored, but ${grave.code === 'refused' ? 'the exchange refuses it' : 'it can withdraw'}`,
          text: grave.message,
        },
  );
}
