import { Text } from '@mantine/core';
import { useWords, Words } from '../../words/words.tsx';
import type { Operation } from './open-api.ts';
import { schemaText } from './schema-text.ts';
import styles from './api-document.module.css';

/** A text that may be wider or higher than its room; the keyboard scrolls it once it has the focus. */
const scrollable = { tabIndex: 0, role: 'region' } as const;

/** One operation: method, path, permission; its parameters, body and answers when opened. */
export const OperationCard = ({ operation }: { operation: Operation }) => {
  const say = useWords();
  const right = operation['x-permission'];
  const body = operation.requestBody?.content['application/json']?.schema;
  return (
    <details className={styles['operation']}>
      <summary className={styles['summary']}>
        <span className={styles['method']}>{operation.method}</span>
        <code className={styles['path']}>{operation.path}</code>
        <span className={styles['what']}>{operation.summary.replaceAll('`', '')}</span>
      </summary>
      <div className={styles['body']}>
        <Text>
          <strong>
            <Words id="api.permission" />:
          </strong>{' '}
          {right === 'anyone' || right === 'signed-in' ? say(`api.permission.${right}`) : <code>{right}</code>}
        </Text>
        {operation.parameters.length > 0 && (
          <section>
            <h3 className={styles['part']}>
              <Words id="api.parameters" />
            </h3>
            <ul className={styles['parameters']}>
              {operation.parameters.map(({ name, in: place, required, schema }) => (
                <li key={`${place} ${name}`}>
                  <code>{name}</code> <span className={styles['quiet']}>({place})</span>: {schemaText(schema)}
                  {required && (
                    <>
                      , <Words id="api.required" />
                    </>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
        {body && (
          <section>
            <h3 className={styles['part']}>
              <Words id="api.body" />
            </h3>
            <pre className={styles['schema']} aria-label={say('api.body')} {...scrollable}>
              {schemaText(body)}
            </pre>
          </section>
        )}
        <section>
          <h3 className={styles['part']}>
            <Words id="api.answers" />
          </h3>
          {Object.entries(operation.responses).map(([status, { description, content }]) => {
            const schema = content?.['application/json']?.schema;
            return (
              <div key={status} className={styles['answer']}>
                <strong className="tabular">{status}</strong>
                <div className={styles['told']}>
                  {description.split('\n').map((line) => (
                    <div key={line}>{line.replaceAll('`', '')}</div>
                  ))}
                  {schema && (
                    <pre className={styles['schema']} aria-label={status} {...scrollable}>
                      {schemaText(schema)}
                    </pre>
                  )}
                </div>
              </div>
            );
          })}
        </section>
      </div>
    </details>
  );
};
