import { useMutation } from '@tanstack/react-query';
import { api } from '../connection.ts';
import { queryClient } from '../query-client.ts';
import { dropAllDrafts } from '../ui/use-unsaved-draft.ts';
import { tellOtherTabs } from './other-tabs.ts';
import { rememberRights } from './last-rights.ts';
import { rememberSignedOut } from './signed-out-reason.ts';

/** Signs out, here or everywhere: forgets what was read and typed, then visits the Platform's sign-out page. */
export const useSignOut = () =>
  useMutation({
    mutationFn: async (where: 'here' | 'everywhere') => ({
      where,
      next: (where === 'here' ? await api.session.signOut() : await api.session.signOutEverywhere()).next,
    }),
    onSuccess: ({ where, next }) => {
      dropAllDrafts();
      queryClient.clear();
      rememberRights(null);
      rememberSignedOut(where === 'here' ? 'signed-out' : 'signed-out-everywhere');
      tellOtherTabs();
      window.location.assign(next);
    },
  });
