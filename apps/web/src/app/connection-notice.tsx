import { useReachability } from '../connection/reachability.ts';
import { Icon } from '../ui/icon.tsx';
import { Words } from '../words/words.tsx';
import styles from './connection-notice.module.css';

/** Says when the connection is slow or lost, and what that means (product 15.4). */
export const ConnectionNotice = () => {
  const state = useReachability();
  return (
    <output className={styles['place']}>
      {state !== 'good' && (
        <div className={styles['notice']} data-state={state}>
          <Icon name={state === 'lost' ? 'wifiOff' : 'clock'} size={18} />
          <span>
            {state === 'lost' ? (
              <>
                <strong>
                  <Words id="app.lost.title" />.
                </strong>{' '}
                <Words id="app.lost.text" />
              </>
            ) : (
              <Words id="app.slow.text" />
            )}
          </span>
        </div>
      )}
    </output>
  );
};
