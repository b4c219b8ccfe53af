import { Tabs } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import { Words } from '../../../words/words.tsx';
import type { DetailTab } from './detail-search.ts';
import styles from './detail.module.css';

/** The tabs' names in one row; on a phone it scrolls sideways, to where the present one is in sight. */
export const TabList = ({ tabs, tab }: { tabs: readonly DetailTab[]; tab: DetailTab }) => {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const here = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (list.current && here)
      list.current.scrollLeft = here.offsetLeft - (list.current.clientWidth - here.offsetWidth) / 2;
  }, [tab]);
  return (
    <Tabs.List ref={list} className={`${styles['tabs']} ${styles['tabList']}`}>
      {tabs.map((one) => (
        <Tabs.Tab key={one} value={one}>
          <Words id={`detail.tab.${one}`} />
        </Tabs.Tab>
      ))}
    </Tabs.List>
  );
};
