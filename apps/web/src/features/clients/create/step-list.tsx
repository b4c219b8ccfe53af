import { useWords, Words } from '../../../words/words.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { type CreateStep, createSteps } from './create-search.ts';
import styles from './step-list.module.css';

/** Where one is in the wizard, and the way to the other steps. */
export const StepList = ({ step, onGo }: { step: CreateStep; onGo: (step: CreateStep) => void }) => {
  const say = useWords();
  const at = createSteps.indexOf(step);
  return (
    <nav aria-label={say('create.steps')}>
      <ol className={styles['list']}>
        {createSteps.map((one, index) => (
          <li key={one} className={styles['item']} data-state={index < at ? 'done' : index === at ? 'here' : 'ahead'}>
            <button
              type="button"
              className={styles['step']}
              {...(index === at && { 'aria-current': 'step' as const })}
              onClick={() => index !== at && onGo(one)}
            >
              <span className={styles['number']} aria-hidden="true">
                {index < at ? <Icon name="check" size={14} /> : index + 1}
              </span>
              <span className={styles['name']}>
                <Words id={`create.step.${one}`} />
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
};
