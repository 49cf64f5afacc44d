// What a notice is on each of the topics: one message, or on the chat topic one for each incident. Pure.
import type { NoticeTopic } from '../../config/topics.ts';
import type { TopicMessage } from '../../platform/ports.ts';
import type { Place } from './body.ts';
import { composeChat } from './chat.ts';
import { compose } from './compose.ts';
import { composeEvent } from './event.ts';
import type { Notice } from './notice.ts';

/** @returns the same messages for the same notice, in the order in which they are to be sent */
export function messagesFor(topic: NoticeTopic, notice: Notice, place: Place): TopicMessage[] {
  switch (topic) {
    case 'alerts':
      return [compose(notice, place)];
    case 'events':
      return [composeEvent(notice, place)];
    case 'chat':
      return composeChat(notice, place);
  }
}
