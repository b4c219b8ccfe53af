import { faultAt, type FieldFault, type Sentence } from '@latchkey/domain/refusal';
import { isIPv4, isIPv6 } from 'node:net';

/** How many ranges a client can have. */
export const maxIpRanges = 100;

type IpRangeRefusal = 'ip_range.form' | 'ip_range.duplicate' | 'ip_range.too_many' | 'ip_range.not_for_grant';

const sentences: Record<IpRangeRefusal, Sentence> = {
  'ip_range.form': {
    message: 'The range at position {position} is not an address range.',
    remedy: 'Write an IPv4 or IPv6 network with its prefix, such as 203.0.113.0/24.',
  },
  'ip_range.duplicate': {
    message: 'The range at position {position} stands there twice.',
    remedy: 'Remove one of the two.',
  },
  'ip_range.too_many': {
    message: 'There are more than {max} ranges.',
    remedy: 'Join neighbouring ranges into wider ones.',
  },
  'ip_range.not_for_grant': {
    message: 'Only Client Credentials can be held to address ranges.',
    remedy: 'Remove the ranges, or choose Client Credentials.',
  },
};

/** Every fault of a client's allowed address ranges (product 4.9). */
export function ipRangeFaults(ranges: readonly string[], takesRanges: boolean): FieldFault[] {
  const fault = (field: string, reason: IpRangeRefusal, values?: Record<string, number>) =>
    faultAt(field, reason, sentences[reason], values);
  if (ranges.length === 0) return [];
  if (!takesRanges) return [fault('allowedIpRanges', 'ip_range.not_for_grant')];
  if (ranges.length > maxIpRanges) return [fault('allowedIpRanges', 'ip_range.too_many', { max: maxIpRanges })];
  return ranges.flatMap((range, index) => {
    const at = `allowedIpRanges.${index}`;
    if (!isRange(range)) return [fault(at, 'ip_range.form', { position: index + 1 })];
    return ranges.indexOf(range) < index ? [fault(at, 'ip_range.duplicate', { position: index + 1 })] : [];
  });
}

/** CIDR notation (RFC 4632, RFC 4291 §2.3), without a zone. */
function isRange(text: string): boolean {
  const [, address = '', prefix = ''] = /^([0-9a-fA-F.:]{2,45})\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  if (isIPv4(address)) return Number(prefix) <= 32;
  return isIPv6(address) && Number(prefix) <= 128;
}
