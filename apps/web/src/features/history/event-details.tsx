import type { AuditEvent } from '@latchkey/domain/audit';
import { isFaultCode } from '@latchkey/contract/faults';
import { SecretForm, SecretWay } from '@latchkey/contract/console-api/models';
import { RotationReason } from '@latchkey/domain/secret';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { InstantText } from '../../ui/instant-text.tsx';
import { faultWords } from '../../words/fault-words.ts';
import { useWords, Words } from '../../words/words.tsx';

/** What else belongs to an event: reason where it was not `told` already, receipt of a reveal, what was missing, where to find it in the log. */
export const EventDetails = ({ event, told }: { event: AuditEvent; told: boolean }) => {
  const say = useWords();
  const intl = useIntl();
  const { details, reason, address, requestId } = event;
  const text = (name: string) => (typeof details[name] === 'string' && details[name] !== '' ? details[name] : null);
  const texts = (name: string) =>
    Array.isArray(details[name]) ? details[name].filter((one): one is string => typeof one === 'string') : [];
  const ways = waysOf(details['ways']).map(({ way, form }) =>
    form
      ? say('history.wayAs', { way: say(`history.way.${way}`), form: say(`history.form.${form}`) })
      : say(`history.way.${way}`),
  );
  const form = SecretForm.safeParse(details['form']).data;
  const facts: [label: ReactNode, value: ReactNode][] = [];
  if (reason && !told)
    facts.push([<Words key="l" id="history.reason" />, <bdi key="v">{reasonText(reason, say)}</bdi>]);
  const given = text('given');
  if (given && given !== reason)
    facts.push([<Words key="l" id="history.given" />, <bdi key="v">{reasonText(given, say)}</bdi>]);
  if (ways.length > 0) facts.push([<Words key="l" id="history.left" />, intl.formatList(ways)]);
  if (form) facts.push([<Words key="l" id="history.formOf" />, say(`history.form.${form}`)]);
  const stored = text('storedWhere');
  if (stored) facts.push([<Words key="l" id="history.storedWhere" />, <bdi key="v">{stored}</bdi>]);
  const hint = text('hint');
  if (hint) facts.push([<Words key="l" id="history.secret" />, <code key="v">••••{hint}</code>]);
  const previousEnds = text('previousEndsAt');
  if (previousEnds)
    facts.push([<Words key="l" id="history.previousEnds" />, <InstantText key="v" at={previousEnds} show="local" />]);
  if (details['because'] === 'deletion.failed')
    facts.push([<Words key="l" id="history.because" />, <Words key="v" id="history.because.deletionFailed" />]);
  if (details['settled'] === true)
    facts.push([<Words key="l" id="history.settled" />, <Words key="v" id="history.settled.text" />]);
  if (texts('permissions').length > 0)
    facts.push([<Words key="l" id="history.permissions" />, intl.formatList(texts('permissions'))]);
  if (texts('roles').length > 0)
    facts.push([<Words key="l" id="history.roles" />, <bdi key="v">{intl.formatList(texts('roles'))}</bdi>]);
  if (address) facts.push([<Words key="l" id="history.address" />, <code key="v">{address}</code>]);
  facts.push([
    <Words key="l" id="ui.correlation" />,
    <span key="v">
      <code>{requestId}</code> <CopyButton compact text={requestId} thing={say('ui.correlation')} />
    </span>,
  ]);
  return (
    <Facts>
      {facts.map(([label, value], index) => (
        <Fact key={index} label={label}>
          {value}
        </Fact>
      ))}
    </Facts>
  );
};

/** A reason as a person wrote it, or the sentence of a code. */
function reasonText(reason: string, say: ReturnType<typeof useWords>): string {
  if (isFaultCode(reason)) return say(faultWords(reason));
  const rotation = RotationReason.safeParse(reason).data;
  if (rotation) return say(`secrets.why.${rotation}`);
  return reason === 'nothing.happened' ? say('history.nothingHappened') : reason;
}

/** How a secret left the dialog, as the receipt keeps it: ways alone or with the form. */
function waysOf(value: AuditEvent['details'][string] | undefined) {
  const list = Array.isArray(value) ? value : [];
  return list.flatMap((one) => {
    const isPair = typeof one === 'object' && one !== null && !Array.isArray(one);
    const way = SecretWay.safeParse(isPair ? one['way'] : one).data;
    const form = isPair ? SecretForm.safeParse(one['form']).data : undefined;
    return way ? [{ way, form: way === 'uncovered' ? undefined : form }] : [];
  });
}
