// The sentences of the app's frame and chat, complete; every other language falls back to these.

/** A sentence, or one for each plural form of `count`; `{name}` stands for a value. */
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>

export const ENGLISH = {
  skip_to_content: 'Skip to the content',
  sections: 'Sections',
  tab_chat: 'Chat',
  tab_home: 'Home',
  tab_documents: 'Documents',
  tab_map: 'Map',
  unread_notices: { one: '{count} unread notice', other: '{count} unread notices' },
  your_profile: 'Your profile',
  my_data: 'My data',
  notifications_and_language: 'Notifications and language',
  privacy_notice: 'Privacy and AI notice',
  sign_out: 'Sign out',
  conversations: 'Conversations',
  conversation: 'Conversation',
  saved: 'Saved',
  new_conversation: 'New conversation',
  messages: 'Messages',
  hello: 'Hello {name}',
  chat_lead: 'Ask anything about your home. Answers come from its own documents and show where they stand.',
  last_time_you_asked: 'Last time you asked {question}',
  new_answers: { one: 'A new answer for you', other: 'New answers for you' },
  ai_notice:
    'You are talking to an AI assistant, not a person. It can be wrong: each answer shows its source. In an emergency call {first} or {second}.',
  your_question: 'Your question',
  ask_about_your_home: 'Ask about your home',
  send: 'Send',
  stop_the_answer: 'Stop the answer',
  composer_note: 'AI assistant: it can be wrong, so check the sources.',
  connection_lost: 'The connection was lost',
  connection_lost_lead: 'Your question is kept. Send it again when you are back online.',
  try_again: 'Try again',
} as const satisfies Record<string, Message>

export type MessageKey = keyof typeof ENGLISH
export type Catalogue = Partial<Record<MessageKey, Message>>
