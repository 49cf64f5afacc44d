// What a Publish may hold: read from the query protocol's form, refused as SNS refuses it.
// Limits: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
import { Refusal } from '../aws-service.ts';

export interface Message {
  subject: string | undefined;
  body: string;
  attributes: Record<string, { Type: string; Value: string }>;
}

const largestBytes = 262_144;

/** @throws Refusal InvalidParameter or ParameterValueInvalid */
export function messageOf(form: URLSearchParams): Message {
  const subject = form.get('Subject') ?? undefined;
  const body = form.get('Message') ?? '';
  const attributes = attributesOf(form);
  if (subject !== undefined && !/^[!-~][ -~]{0,99}$/.test(subject)) throw invalidParameter('Subject');
  if (body === '') throw invalidParameter('Empty message');
  if (sizeOf(body, attributes) > largestBytes) throw invalidParameter('Message too long');
  return { subject, body, attributes };
}

function sizeOf(body: string, attributes: Message['attributes']): number {
  const parts = Object.entries(attributes).flatMap(([name, { Type, Value }]) => [name, Type, Value]);
  return [body, ...parts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function attributesOf(form: URLSearchParams): Message['attributes'] {
  const attributes: Message['attributes'] = {};
  for (let index = 1; form.has(`MessageAttributes.entry.${index}.Name`); index += 1) {
    const entry = `MessageAttributes.entry.${index}`;
    const name = form.get(`${entry}.Name`) ?? '';
    const type = form.get(`${entry}.Value.DataType`) ?? '';
    const value = form.get(`${entry}.Value.StringValue`) ?? '';
    if (!/^(?!\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/.test(name)) {
      throw new Refusal(400, 'ParameterValueInvalid', `Invalid message attribute name ${JSON.stringify(name)}`);
    }
    if (!/^(String|String\.Array|Number)$/.test(type)) {
      throw new Refusal(400, 'ParameterValueInvalid', `The message attribute '${name}' has an invalid type.`);
    }
    if (value === '') {
      throw new Refusal(400, 'ParameterValueInvalid', `The message attribute '${name}' must have a non-empty value.`);
    }
    attributes[name] = { Type: type, Value: value };
  }
  return attributes;
}

export function invalidParameter(what: string): Refusal {
  return new Refusal(400, 'InvalidParameter', `Invalid parameter: ${what}`);
}
