import '@mantine/core/styles/Notification.css';
import '@mantine/notifications/styles.css';
import { Notifications } from '@mantine/notifications';

/** Where notices of what was done appear; fetched after the page itself. */
export default function Notices() {
  return <Notifications position="bottom-right" limit={3} containerWidth={400} />;
}
