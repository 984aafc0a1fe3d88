<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>Card</name>
    <message>
        <source>, </source>
        <extracomment>Between the parts of a line of a poll or a meeting that is read out: answer, number, names</extracomment>
        <translation>، </translation>
    </message>
    <message>
        <source>%1, your choice</source>
        <extracomment>A result of a poll, and that it is what the reader chose</extracomment>
        <translation>%1، اختياركم</translation>
    </message>
    <message>
        <source>before: %1</source>
        <extracomment>What changed in a meeting: the old value</extracomment>
        <translation>سابقًا: %1</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <extracomment>Answers of a poll that are not shown</extracomment>
        <translation>
            <numerusform>ولا غير</numerusform>
            <numerusform>وواحد غيره</numerusform>
            <numerusform>واثنان غيرهما</numerusform>
            <numerusform>و%n غيرها</numerusform>
            <numerusform>و%n غيرها</numerusform>
            <numerusform>و%n غيرها</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n دقيقة</numerusform>
            <numerusform>دقيقة واحدة</numerusform>
            <numerusform>دقيقتين</numerusform>
            <numerusform>%n دقائق</numerusform>
            <numerusform>%n دقيقة</numerusform>
            <numerusform>%n دقيقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n ساعة</numerusform>
            <numerusform>ساعة واحدة</numerusform>
            <numerusform>ساعتين</numerusform>
            <numerusform>%n ساعات</numerusform>
            <numerusform>%n ساعة</numerusform>
            <numerusform>%n ساعة</numerusform>
        </translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 ahead. What you write waits until it is set right.</source>
        <translation>ساعة هذا الحاسوب متقدّمة بمقدار %1. ما تكتبه ينتظر إلى أن تُضبط.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 behind. What you write waits until it is set right.</source>
        <translation>ساعة هذا الحاسوب متأخّرة بمقدار %1. ما تكتبه ينتظر إلى أن تُضبط.</translation>
    </message>
    <message>
        <source>Fetching what arrived while you were away…</source>
        <translation>جارٍ جلب ما وصل أثناء غيابك…</translation>
    </message>
    <message numerus="yes">
        <source>Waiting for the network — %n message(s) wait to be sent and will go out by themselves. Reading works offline.</source>
        <translation>
            <numerusform>في انتظار الشبكة — لا رسائل تنتظر الإرسال. القراءة متاحة دون اتصال.</numerusform>
            <numerusform>في انتظار الشبكة — رسالة واحدة تنتظر الإرسال وستُرسل تلقائيًا. القراءة متاحة دون اتصال.</numerusform>
            <numerusform>في انتظار الشبكة — رسالتان تنتظران الإرسال وستُرسلان تلقائيًا. القراءة متاحة دون اتصال.</numerusform>
            <numerusform>في انتظار الشبكة — %n رسائل تنتظر الإرسال وستُرسل تلقائيًا. القراءة متاحة دون اتصال.</numerusform>
            <numerusform>في انتظار الشبكة — %n رسالة تنتظر الإرسال وستُرسل تلقائيًا. القراءة متاحة دون اتصال.</numerusform>
            <numerusform>في انتظار الشبكة — %n رسالة تنتظر الإرسال وستُرسل تلقائيًا. القراءة متاحة دون اتصال.</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting for the network — what you write is kept and goes out by itself. Reading works offline.</source>
        <translation>في انتظار الشبكة — ما تكتبه محفوظ وسيُرسل تلقائيًا. القراءة متاحة دون اتصال.</translation>
    </message>
    <message numerus="yes">
        <source>%1 %n message(s) wait to be sent.</source>
        <translation>
            <numerusform>%1 لا توجد رسائل تنتظر الإرسال.</numerusform>
            <numerusform>%1 رسالة واحدة تنتظر الإرسال.</numerusform>
            <numerusform>%1 رسالتان تنتظران الإرسال.</numerusform>
            <numerusform>%1 %n رسائل تنتظر الإرسال.</numerusform>
            <numerusform>%1 %n رسالة تنتظر الإرسال.</numerusform>
            <numerusform>%1 %n رسالة تنتظر الإرسال.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 — connected</source>
        <translation>%1 — متصل</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>%1 — connecting…</source>
        <translation>%1 — جارٍ الاتصال…</translation>
    </message>
</context>
<context>
    <name>ConversationMenu</name>
    <message>
        <source>Pin to the top</source>
        <translation>تثبيت في الأعلى</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>إلغاء التثبيت</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>كتم</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>إلغاء الكتم</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>أرشفة</translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation>إخراج من الأرشيف</translation>
    </message>
    <message>
        <source>Notifications show</source>
        <translation>تُظهر الإشعارات</translation>
    </message>
    <message>
        <source>The same as everywhere</source>
        <translation>كما في كل مكان</translation>
    </message>
    <message>
        <source>Who wrote what</source>
        <translation>من كتب وماذا كتب</translation>
    </message>
    <message>
        <source>Who wrote</source>
        <translation>من كتب</translation>
    </message>
    <message>
        <source>Only that something came</source>
        <translation>فقط أن شيئًا وصل</translation>
    </message>
</context>
<context>
    <name>EmojiNames</name>
    <message>
        <source>Faces</source>
        <translation>وجوه</translation>
    </message>
    <message>
        <source>People</source>
        <translation>أشخاص</translation>
    </message>
    <message>
        <source>Nature</source>
        <translation>طبيعة</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>طعام</translation>
    </message>
    <message>
        <source>Places and travel</source>
        <translation>أماكن وسفر</translation>
    </message>
    <message>
        <source>Activities</source>
        <translation>أنشطة</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>أشياء</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>رموز</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>أعلام</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>Something in what was entered cannot be used. Please check it and try again.</source>
        <translation>جزء مما أُدخل لا يمكن استخدامه. يُرجى التحقق منه وإعادة المحاولة.</translation>
    </message>
    <message>
        <source>This text is damaged or incomplete. Please copy it again, from its beginning to its end.</source>
        <translation>هذا النص تالف أو ناقص. يُرجى نسخه مجددًا من أوله إلى آخره.</translation>
    </message>
    <message>
        <source>This is larger than Valise can send. Please shorten it or send it in parts.</source>
        <translation>هذا أكبر مما يستطيع Valise إرساله. يُرجى اختصاره أو إرساله على أجزاء.</translation>
    </message>
    <message>
        <source>This is not here any more. It may have been removed; please look again.</source>
        <translation>لم يعد هذا موجودًا هنا. ربما أُزيل؛ يُرجى البحث من جديد.</translation>
    </message>
    <message>
        <source>This exists already, so nothing was changed.</source>
        <translation>هذا موجود بالفعل، فلم يُغيَّر شيء.</translation>
    </message>
    <message>
        <source>This needs a newer version of Valise. Please update the program and try again.</source>
        <translation>هذا يتطلب إصدارًا أحدث من Valise. يُرجى تحديث البرنامج وإعادة المحاولة.</translation>
    </message>
    <message>
        <source>Valise could not finish this because of a fault of its own. Nothing was lost; please try again, and tell your help desk if it happens twice.</source>
        <translation>لم يتمكن Valise من إتمام ذلك بسبب خلل داخلي. لم يُفقد شيء؛ يُرجى إعادة المحاولة وإبلاغ مكتب الدعم إن تكرر الأمر.</translation>
    </message>
    <message>
        <source>This was stopped before it was finished. Nothing was changed.</source>
        <translation>أُوقفت العملية قبل اكتمالها. لم يُغيَّر شيء.</translation>
    </message>
    <message>
        <source>The person&apos;s address does not belong to a valid key. Please ask for the invitation again.</source>
        <translation>عنوان هذا الشخص لا يعود إلى مفتاح صالح. يُرجى طلب الدعوة مجددًا.</translation>
    </message>
    <message>
        <source>Something arrived whose author could not be confirmed. It was set aside and is not shown.</source>
        <translation>وصل شيء تعذّر التأكد من كاتبه. وُضع جانبًا ولا يُعرض.</translation>
    </message>
    <message>
        <source>Something arrived that this device cannot open. If a message is missing, ask its author to send it again.</source>
        <translation>وصل شيء لا يستطيع هذا الجهاز فتحه. إن غابت رسالة فاطلب من كاتبها إعادة إرسالها.</translation>
    </message>
    <message>
        <source>A change that somebody proposed for this conversation is not allowed. It was ignored.</source>
        <translation>اقتُرح لهذه المحادثة تغيير غير مسموح به. جرى تجاهله.</translation>
    </message>
    <message>
        <source>A change of this conversation did not pass the checks. It was ignored; the conversation goes on as before.</source>
        <translation>لم يجتز أحد تغييرات هذه المحادثة التحقق. جرى تجاهله؛ وتستمر المحادثة كما كانت.</translation>
    </message>
    <message>
        <source>The list of members that arrived does not hold together. You were not added; please ask for a new invitation.</source>
        <translation>قائمة الأعضاء التي وصلت غير متسقة. لم تُضَف؛ يُرجى طلب دعوة جديدة.</translation>
    </message>
    <message>
        <source>What this person published for invitations cannot be used. Please ask them to open Valise once and then try again.</source>
        <translation>ما نشره هذا الشخص للدعوات لا يمكن استخدامه. يُرجى أن تطلب منه فتح Valise مرة واحدة ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>An invitation arrived that cannot be opened. Please ask to be invited again.</source>
        <translation>وصلت دعوة لا يمكن فتحها. يُرجى طلب دعوتك مجددًا.</translation>
    </message>
    <message>
        <source>A message was sealed for a moment of the conversation that this device does not know. It waits until the missing part arrives.</source>
        <translation>خُتمت رسالة لمرحلة من المحادثة لا يعرفها هذا الجهاز. وهي تنتظر وصول الجزء الناقص.</translation>
    </message>
    <message>
        <source>A message belongs to another conversation than it claims. It was set aside.</source>
        <translation>رسالة تنتمي إلى محادثة غير التي تدّعيها. وُضعت جانبًا.</translation>
    </message>
    <message>
        <source>A message came a second time, or far too late to be opened. What you have already read is not affected.</source>
        <translation>وصلت رسالة مرة ثانية، أو متأخرة كثيرًا فتعذّر فتحها. ما قرأته من قبل لم يتأثر.</translation>
    </message>
    <message>
        <source>You are not a member of this conversation any more, so nothing can be sent to it. A member can invite you again.</source>
        <translation>لم تعد عضوًا في هذه المحادثة، فلا يمكن إرسال شيء إليها. يستطيع أحد الأعضاء دعوتك مجددًا.</translation>
    </message>
    <message>
        <source>Only those who manage this conversation may do that. Please ask one of them.</source>
        <translation>لا يحق ذلك إلا لمن يديرون هذه المحادثة. يُرجى التوجه إلى أحدهم.</translation>
    </message>
    <message>
        <source>This conversation uses a feature that your version of Valise does not know. Please update the program, then ask to be invited again.</source>
        <translation>تستخدم هذه المحادثة خاصية لا يعرفها إصدارك من Valise. يُرجى تحديث البرنامج ثم طلب دعوتك مجددًا.</translation>
    </message>
    <message>
        <source>Another change of this conversation is still on its way. Please try again in a moment.</source>
        <translation>ما زال تغيير آخر لهذه المحادثة في طريقه. يُرجى إعادة المحاولة بعد لحظات.</translation>
    </message>
    <message>
        <source>A change of this conversation builds on something that has not arrived yet. It takes effect as soon as that arrives.</source>
        <translation>يعتمد تغيير في هذه المحادثة على أمر لم يصل بعد. وسيسري التغيير فور وصوله.</translation>
    </message>
    <message>
        <source>This conversation was ended for everybody. You can still read it, and you can start a new one.</source>
        <translation>أُنهيت هذه المحادثة للجميع. ما زال بوسعك قراءتها وبدء محادثة جديدة.</translation>
    </message>
    <message>
        <source>Something arrived that does not follow the rules. It was set aside and is not shown.</source>
        <translation>وصل شيء لا يتبع القواعد. وُضع جانبًا ولا يُعرض.</translation>
    </message>
    <message>
        <source>Something arrived that was meant for somebody else. It was not opened.</source>
        <translation>وصل شيء موجّه إلى شخص آخر. لم يُفتح.</translation>
    </message>
    <message>
        <source>This passphrase does not open the valise. Please try again; capital letters and spaces matter.</source>
        <translation>عبارة المرور هذه لا تفتح الحقيبة. يُرجى إعادة المحاولة؛ فالأحرف الكبيرة والمسافات لها أهميتها.</translation>
    </message>
    <message>
        <source>The file with your history is damaged. A copy was put aside unchanged; please ask your help desk before you go on.</source>
        <translation>الملف الذي يحوي سجلك تالف. حُفظت نسخة منه كما هي؛ يُرجى استشارة مكتب الدعم قبل المتابعة.</translation>
    </message>
    <message>
        <source>The disk is full, so nothing more can be kept. Please make room and try again.</source>
        <translation>القرص ممتلئ فلا يمكن حفظ المزيد. يُرجى إفساح مكان وإعادة المحاولة.</translation>
    </message>
    <message>
        <source>The folder of your profile cannot be written. Please check its permissions, or choose another folder.</source>
        <translation>لا يمكن الكتابة في مجلد ملفك. يُرجى التحقق من أذوناته أو اختيار مجلد آخر.</translation>
    </message>
    <message>
        <source>This profile is already open in another window or program. Please close it there first.</source>
        <translation>هذا الملف مفتوح بالفعل في نافذة أخرى أو برنامج آخر. يُرجى إغلاقه هناك أولًا.</translation>
    </message>
    <message>
        <source>This profile was written by a newer version of Valise. Please update the program to open it.</source>
        <translation>كُتب هذا الملف بإصدار أحدث من Valise. يُرجى تحديث البرنامج لفتحه.</translation>
    </message>
    <message>
        <source>Your history could not be read or written. Please close Valise, check the disk, and try again.</source>
        <translation>تعذّرت قراءة سجلك أو كتابته. يُرجى إغلاق Valise وفحص القرص وإعادة المحاولة.</translation>
    </message>
    <message>
        <source>No server can be reached now. Please check the network; this needs a connection.</source>
        <translation>لا يمكن بلوغ أي خادم الآن. يُرجى التحقق من الشبكة؛ فهذا يتطلب اتصالًا.</translation>
    </message>
    <message>
        <source>The server did not accept this. Please try again later, or choose another server in the settings.</source>
        <translation>لم يقبل الخادم ذلك. يُرجى إعادة المحاولة لاحقًا أو اختيار خادم آخر في الإعدادات.</translation>
    </message>
    <message>
        <source>This server&apos;s address is not protected. Outside of your own network it has to begin with wss://.</source>
        <translation>عنوان هذا الخادم غير محمي. خارج شبكتك الخاصة يجب أن يبدأ بـ wss://.</translation>
    </message>
    <message>
        <source>This is not the address of a server. It looks like wss://server.example, without spaces.</source>
        <translation>هذا ليس عنوان خادم. يكون العنوان على هيئة wss://server.example دون مسافات.</translation>
    </message>
    <message>
        <source>The server did not answer in time. Please try again; what you wrote is kept.</source>
        <translation>لم يُجب الخادم في الوقت المناسب. يُرجى إعادة المحاولة؛ ما كتبته محفوظ.</translation>
    </message>
    <message>
        <source>The server could not prove that it is the right one, so nothing was sent to it. Please tell your help desk, above all on a foreign network.</source>
        <translation>لم يستطع الخادم إثبات أنه الخادم الصحيح، فلم يُرسل إليه شيء. يُرجى إبلاغ مكتب الدعم، ولا سيما على شبكة أجنبية.</translation>
    </message>
    <message>
        <source>This person cannot be invited yet: Valise found nothing from them on the servers. Please ask them to open Valise while connected, or to send you their invitation link.</source>
        <translation>لا يمكن دعوة هذا الشخص بعد: لم يجد Valise شيئًا منه على الخوادم. يُرجى أن تطلب منه فتح Valise وهو متصل، أو إرسال رابط دعوته إليك.</translation>
    </message>
    <message>
        <source>Something unexpected happened. Please try again.</source>
        <translation>حدث أمر غير متوقع. يُرجى إعادة المحاولة.</translation>
    </message>
    <message>
        <source>This network does not know the name of the server. Please check the server&apos;s address, or try again on another network.</source>
        <translation>هذه الشبكة لا تعرف اسم الخادم. يُرجى التحقق من عنوان الخادم، أو إعادة المحاولة من شبكة أخرى.</translation>
    </message>
    <message>
        <source>This computer is not connected to any network. What you write is kept and goes out by itself as soon as it is.</source>
        <translation>هذا الحاسوب غير متصل بأي شبكة. ما تكتبه محفوظ وسيُرسل تلقائيًا فور اتصاله.</translation>
    </message>
    <message>
        <source>Nothing answers at the address of this server; it may be switched off. Valise tries again by itself.</source>
        <translation>لا شيء يجيب على عنوان هذا الخادم، وقد يكون متوقفًا عن العمل. سيعيد Valise المحاولة تلقائيًا.</translation>
    </message>
    <message>
        <source>The connection to this server was interrupted. Valise connects again by itself.</source>
        <translation>انقطع الاتصال بهذا الخادم. سيعيد Valise الاتصال تلقائيًا.</translation>
    </message>
    <message>
        <source>The certificate of this server is not valid at this time, so nothing was sent to it. Please check the clock of this computer, then tell your help desk.</source>
        <translation>شهادة هذا الخادم غير صالحة في الوقت الحالي، ولذلك لم يُرسل إليه شيء. يُرجى التحقق من ساعة هذا الحاسوب، ثم إبلاغ مكتب الدعم.</translation>
    </message>
    <message>
        <source>What answered is not this server: its certificate belongs to another one. Nothing was sent to it. Please tell your help desk, above all on a foreign network.</source>
        <translation>ما أجاب ليس هذا الخادم، فشهادته تعود إلى خادم آخر. لم يُرسل إليه شيء. يُرجى إبلاغ مكتب الدعم، ولا سيما على شبكة أجنبية.</translation>
    </message>
    <message>
        <source>Nobody whom this computer trusts vouches for the server that answered, so nothing was sent to it. Please tell your help desk; on a foreign network somebody may be trying to listen.</source>
        <translation>لا تضمن أيُّ جهة يثق بها هذا الحاسوب الخادمَ الذي أجاب، ولذلك لم يُرسل إليه شيء. يُرجى إبلاغ مكتب الدعم؛ فعلى شبكة أجنبية قد يكون هناك من يحاول التنصت.</translation>
    </message>
    <message>
        <source>This network lets nothing through before you sign in. Please open a page in your browser, sign in there, and try again.</source>
        <translation>لا تسمح هذه الشبكة بمرور شيء قبل تسجيل الدخول. يُرجى فتح صفحة في المتصفح وتسجيل الدخول فيها، ثم إعادة المحاولة.</translation>
    </message>
    <message>
        <source>The proxy through which Valise connects does not answer, and nothing goes round it. Please check it in the settings, or ask your help desk.</source>
        <translation>الخادم الوسيط الذي يتصل Valise عبره لا يجيب، ولا يمر شيء من دونه. يُرجى التحقق منه في الإعدادات، أو سؤال مكتب الدعم.</translation>
    </message>
    <message>
        <source>The proxy wants a name and a password, or others than those that were entered. Please enter them in the settings.</source>
        <translation>يطلب الخادم الوسيط اسمًا وكلمة مرور، أو غير ما أُدخل منهما. يُرجى إدخالهما في الإعدادات.</translation>
    </message>
    <message>
        <source>Something answers at this address, but it is not a server for messages. Please check the address.</source>
        <translation>هناك ما يجيب على هذا العنوان، لكنه ليس خادمًا للرسائل. يُرجى التحقق من العنوان.</translation>
    </message>
    <message>
        <source>This server is overloaded or asks to come back later. Valise tries again by itself; what you write is kept.</source>
        <translation>هذا الخادم مثقل بالطلبات أو يطلب العودة لاحقًا. سيعيد Valise المحاولة تلقائيًا، وما تكتبه محفوظ.</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>Yesterday</source>
        <translation>أمس</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>You started this conversation</source>
        <translation>بدأتَ هذه المحادثة</translation>
    </message>
    <message>
        <source>%1 started this conversation</source>
        <translation>بدأ %1 هذه المحادثة</translation>
    </message>
    <message>
        <source>You added %1</source>
        <translation>أضفتَ %1</translation>
    </message>
    <message>
        <source>%1 was added</source>
        <translation>أُضيف %1</translation>
    </message>
    <message>
        <source>%1 added %2</source>
        <translation>أضاف %1 العضو %2</translation>
    </message>
    <message>
        <source>You removed %1</source>
        <translation>أزلتَ %1</translation>
    </message>
    <message>
        <source>%1 was removed</source>
        <translation>أُزيل %1</translation>
    </message>
    <message>
        <source>%1 removed %2</source>
        <translation>أزال %1 العضو %2</translation>
    </message>
    <message>
        <source>You left this conversation</source>
        <translation>غادرتَ هذه المحادثة</translation>
    </message>
    <message>
        <source>%1 left this conversation</source>
        <translation>غادر %1 هذه المحادثة</translation>
    </message>
    <message>
        <source>You named this conversation “%1”</source>
        <translation>سمّيتَ هذه المحادثة «%1»</translation>
    </message>
    <message>
        <source>This conversation is now named “%1”</source>
        <translation>أصبح اسم هذه المحادثة «%1»</translation>
    </message>
    <message>
        <source>%1 named this conversation “%2”</source>
        <translation>سمّى %1 هذه المحادثة «%2»</translation>
    </message>
    <message>
        <source>%1 may now manage this conversation</source>
        <translation>صار بوسع %1 إدارة هذه المحادثة</translation>
    </message>
    <message>
        <source>%1 may no longer manage this conversation</source>
        <translation>لم يعد بوسع %1 إدارة هذه المحادثة</translation>
    </message>
    <message>
        <source>How long messages are kept was changed</source>
        <translation>تغيّرت مدة حفظ الرسائل</translation>
    </message>
    <message>
        <source>How long messages are kept was changed: %1</source>
        <translation>تغيّرت مدة حفظ الرسائل: %1</translation>
    </message>
    <message>
        <source>This conversation was ended for everybody</source>
        <translation>أُنهيت هذه المحادثة للجميع</translation>
    </message>
    <message>
        <source>You joined this conversation</source>
        <translation>انضممتَ إلى هذه المحادثة</translation>
    </message>
    <message>
        <source>Invites you to a conversation</source>
        <translation>يدعوك إلى محادثة</translation>
    </message>
    <message>
        <source>%1 invites you</source>
        <translation>يدعوك %1</translation>
    </message>
    <message>
        <source>No messages yet</source>
        <translation>لا رسائل بعد</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>أنت: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>أقل من يوم</numerusform>
            <numerusform>يومًا واحدًا</numerusform>
            <numerusform>يومين</numerusform>
            <numerusform>%n أيام</numerusform>
            <numerusform>%n يومًا</numerusform>
            <numerusform>%n يوم</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>أقل من ساعة</numerusform>
            <numerusform>ساعة واحدة</numerusform>
            <numerusform>ساعتين</numerusform>
            <numerusform>%n ساعات</numerusform>
            <numerusform>%n ساعة</numerusform>
            <numerusform>%n ساعة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>أقل من دقيقة</numerusform>
            <numerusform>دقيقة واحدة</numerusform>
            <numerusform>دقيقتين</numerusform>
            <numerusform>%n دقائق</numerusform>
            <numerusform>%n دقيقة</numerusform>
            <numerusform>%n دقيقة</numerusform>
        </translation>
    </message>
    <message>
        <source>direct conversation</source>
        <translation>محادثة مباشرة</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>لا أعضاء</numerusform>
            <numerusform>عضو واحد</numerusform>
            <numerusform>عضوان</numerusform>
            <numerusform>%n أعضاء</numerusform>
            <numerusform>%n عضوًا</numerusform>
            <numerusform>%n عضو</numerusform>
        </translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>مشفَّرة</translation>
    </message>
    <message>
        <source>messages kept %1</source>
        <translation>تُحفظ الرسائل %1</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>وصلت</translation>
    </message>
    <message>
        <source>Waits to be sent</source>
        <translation>تنتظر الإرسال</translation>
    </message>
    <message>
        <source>Sent; held by %1 of %2 servers</source>
        <translation>أُرسلت؛ يحتفظ بها %1 من %2 من الخوادم</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>أُرسلت</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>سُلّمت</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>قُرئت</translation>
    </message>
    <message>
        <source>Not sent: every server refused it</source>
        <translation>لم تُرسل: رفضتها جميع الخوادم</translation>
    </message>
    <message>
        <source>Not sent: every server refused it (%1)</source>
        <translation>لم تُرسل: رفضتها جميع الخوادم (%1)</translation>
    </message>
    <message>
        <source>Not seen by the others: two changes crossed. Please write it again.</source>
        <translation>لم يرها الآخرون: تقاطع تغييران. يُرجى كتابتها مجددًا.</translation>
    </message>
    <message>
        <source>Message — encrypted for %1</source>
        <translation>رسالة — مشفَّرة لأجل %1</translation>
    </message>
    <message numerus="yes">
        <source>Message — encrypted for %n member(s)</source>
        <translation>
            <numerusform>رسالة — مشفَّرة</numerusform>
            <numerusform>رسالة — مشفَّرة لعضو واحد</numerusform>
            <numerusform>رسالة — مشفَّرة لعضوين</numerusform>
            <numerusform>رسالة — مشفَّرة لـ %n أعضاء</numerusform>
            <numerusform>رسالة — مشفَّرة لـ %n عضوًا</numerusform>
            <numerusform>رسالة — مشفَّرة لـ %n عضو</numerusform>
        </translation>
    </message>
    <message>
        <source>Conversation without a name</source>
        <translation>محادثة بلا اسم</translation>
    </message>
    <message>
        <source>You deleted a message</source>
        <translation>حذفتَ رسالة</translation>
    </message>
    <message>
        <source>A message was deleted</source>
        <translation>حُذفت رسالة</translation>
    </message>
    <message>
        <source>You deleted this message</source>
        <translation>حذفتَ هذه الرسالة</translation>
    </message>
    <message>
        <source>This message was deleted</source>
        <translation>حُذفت هذه الرسالة</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>رد</translation>
    </message>
    <message>
        <source>A message that is not on this device</source>
        <translation>رسالة غير موجودة على هذا الجهاز</translation>
    </message>
    <message>
        <source>you</source>
        <translation>أنت</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>لا أحد آخر</numerusform>
            <numerusform>شخص آخر</numerusform>
            <numerusform>شخصان آخران</numerusform>
            <numerusform>%n آخرون</numerusform>
            <numerusform>%n آخرون</numerusform>
            <numerusform>%n آخرون</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>A name, and the keys that do it: &quot;Settings (Ctrl+,)&quot;</extracomment>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>Delivered to %n member(s)</source>
        <translation>
            <numerusform>لم تُسلَّم إلى أحد</numerusform>
            <numerusform>سُلّمت إلى عضو واحد</numerusform>
            <numerusform>سُلّمت إلى عضوين</numerusform>
            <numerusform>سُلّمت إلى %n أعضاء</numerusform>
            <numerusform>سُلّمت إلى %n عضوًا</numerusform>
            <numerusform>سُلّمت إلى %n عضو</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read by %n member(s)</source>
        <translation>
            <numerusform>لم يقرأها أحد</numerusform>
            <numerusform>قرأها عضو واحد</numerusform>
            <numerusform>قرأها عضوان</numerusform>
            <numerusform>قرأها %n أعضاء</numerusform>
            <numerusform>قرأها %n عضوًا</numerusform>
            <numerusform>قرأها %n عضو</numerusform>
        </translation>
    </message>
    <message>
        <source>is writing…</source>
        <translation>يكتب الآن…</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) are writing…</source>
        <translation>
            <numerusform>لا أحد يكتب</numerusform>
            <numerusform>عضو واحد يكتب…</numerusform>
            <numerusform>عضوان يكتبان…</numerusform>
            <numerusform>%n أعضاء يكتبون…</numerusform>
            <numerusform>%n عضوًا يكتبون…</numerusform>
            <numerusform>%n عضو يكتبون…</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is writing…</source>
        <translation>%1 يكتب الآن…</translation>
    </message>
    <message>
        <source>%1 and %2 are writing…</source>
        <translation>%1 و%2 يكتبان الآن…</translation>
    </message>
    <message>
        <source>Disappears on %1</source>
        <translation>تختفي يوم %1</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <extracomment>The date, in the order of the language: &quot;24 Nov 2026&quot;</extracomment>
        <translation>d MMMM yyyy</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>A day and the time of it: &quot;24 Nov 2026, 14:29&quot;</extracomment>
        <translation>%1، %2</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Everywhere</source>
        <translation>في كل مكان</translation>
    </message>
    <message>
        <source>Start a conversation</source>
        <translation>بدء محادثة</translation>
    </message>
    <message>
        <source>Go to a person, a group or a message</source>
        <translation>الانتقال إلى شخص أو مجموعة أو رسالة</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>Previous conversation</source>
        <translation>المحادثة السابقة</translation>
    </message>
    <message>
        <source>Next conversation</source>
        <translation>المحادثة التالية</translation>
    </message>
    <message>
        <source>To the next part of the window</source>
        <translation>إلى الجزء التالي من النافذة</translation>
    </message>
    <message>
        <source>To the previous part of the window</source>
        <translation>إلى الجزء السابق من النافذة</translation>
    </message>
    <message>
        <source>Show or hide members and security</source>
        <translation>إظهار الأعضاء والأمان أو إخفاؤهما</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>نص أكبر</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>نص أصغر</translation>
    </message>
    <message>
        <source>Normal text size</source>
        <translation>حجم النص العادي</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>هذه الصفحة</translation>
    </message>
    <message>
        <source>Close, or back to the message field</source>
        <translation>الإغلاق أو العودة إلى حقل الكتابة</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>إنهاء البرنامج</translation>
    </message>
    <message>
        <source>In a conversation</source>
        <translation>في محادثة</translation>
    </message>
    <message>
        <source>Go to a date</source>
        <translation>الانتقال إلى تاريخ</translation>
    </message>
    <message>
        <source>Go to the first unread message</source>
        <translation>الانتقال إلى أول رسالة غير مقروءة</translation>
    </message>
    <message>
        <source>To the oldest message that is loaded</source>
        <translation>إلى أقدم رسالة محمّلة</translation>
    </message>
    <message>
        <source>To the newest message</source>
        <translation>إلى أحدث رسالة</translation>
    </message>
    <message>
        <source>In the message field</source>
        <translation>في حقل الكتابة</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>إرسال الرسالة</translation>
    </message>
    <message>
        <source>New line in the message</source>
        <translation>سطر جديد في الرسالة</translation>
    </message>
    <message>
        <source>Send the message, whatever is set</source>
        <translation>إرسال الرسالة أيًا كان الإعداد</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>الرموز التعبيرية</translation>
    </message>
    <message>
        <source>From the empty field to the messages</source>
        <translation>من الحقل الفارغ إلى الرسائل</translation>
    </message>
    <message>
        <source>On a message</source>
        <translation>على رسالة</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>رد</translation>
    </message>
    <message>
        <source>React</source>
        <translation>تفاعل</translation>
    </message>
    <message>
        <source>Edit, if it is your own</source>
        <translation>تعديلها إن كانت رسالتك</translation>
    </message>
    <message>
        <source>Copy the selected text or message</source>
        <translation>نسخ النص المحدد أو الرسالة المحددة</translation>
    </message>
    <message>
        <source>Open its link</source>
        <translation>فتح رابطها</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>إعادة توجيه</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>تمييز بنجمة</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
    <message>
        <source>Show the whole of a long message</source>
        <translation>عرض الرسالة الطويلة كاملة</translation>
    </message>
    <message>
        <source>Go to the message it answers</source>
        <translation>الانتقال إلى الرسالة التي ترد عليها</translation>
    </message>
    <message>
        <source>Back to where one came from</source>
        <translation>العودة إلى الموضع السابق</translation>
    </message>
    <message>
        <source>Select several</source>
        <translation>تحديد عدة رسائل</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Everything that can be done with it</source>
        <translation>كل ما يمكن فعله بها</translation>
    </message>
    <message>
        <source>Mention a member</source>
        <translation>الإشارة إلى عضو</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>غامق</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>مائل</translation>
    </message>
    <message>
        <source>Struck through</source>
        <translation>مشطوب</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>شفرة</translation>
    </message>
    <message>
        <source>Quotation</source>
        <translation>اقتباس</translation>
    </message>
    <message>
        <source>List</source>
        <translation>قائمة</translation>
    </message>
    <message>
        <source>Pin, or do not pin any more</source>
        <translation>تثبيت أو إلغاء التثبيت</translation>
    </message>
    <message>
        <source>Search in this conversation</source>
        <translation>البحث في هذه المحادثة</translation>
    </message>
    <message>
        <source>Send the message later, or show what is to be sent later</source>
        <translation>إرسال الرسالة لاحقًا، أو عرض ما سيُرسل لاحقًا</translation>
    </message>
    <message>
        <source>On a marked word: what may have been meant</source>
        <translation>على كلمة معلَّمة: ما ربما كان المقصود</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Encrypted conversations for people who negotiate.</source>
        <translation>محادثات مشفَّرة لمن يتفاوضون.</translation>
    </message>
    <message>
        <source>Keep the profile in this folder.</source>
        <translation>حفظ الملف في هذا المجلد.</translation>
    </message>
    <message>
        <source>Appearance: light, dark or system.</source>
        <translation>المظهر: light أو dark أو system.</translation>
    </message>
    <message>
        <source>Language: auto (as the system), or one of %1.</source>
        <translation>اللغة: auto (كما في النظام) أو إحدى: %1.</translation>
    </message>
    <message>
        <source>Hold a short negotiation between invented delegations, save pictures and a transcript in this folder, and end.</source>
        <translation>إجراء مفاوضة قصيرة بين وفود متخيَّلة، وحفظ الصور والمحضر في هذا المجلد، ثم الإنهاء.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>لا يمكن إنشاء المجلد %1.</translation>
    </message>
</context>
<context>
    <name>MessageActions</name>
    <message>
        <source>Reply</source>
        <translation>رد</translation>
    </message>
    <message>
        <source>React…</source>
        <translation>تفاعل…</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>تعديل</translation>
    </message>
    <message>
        <source>Copy the message</source>
        <translation>نسخ الرسالة</translation>
    </message>
    <message>
        <source>Forward…</source>
        <translation>إعادة توجيه…</translation>
    </message>
    <message>
        <source>Remove the star</source>
        <translation>إزالة النجمة</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>تمييز بنجمة</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>تحديد</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>حذف…</translation>
    </message>
    <message>
        <source>Open the link…</source>
        <translation>فتح الرابط…</translation>
    </message>
    <message>
        <source>Do not pin</source>
        <translation>إلغاء التثبيت</translation>
    </message>
    <message>
        <source>Pin here</source>
        <translation>تثبيت هنا</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>لا رسائل جديدة</numerusform>
            <numerusform>رسالة جديدة واحدة</numerusform>
            <numerusform>رسالتان جديدتان</numerusform>
            <numerusform>%n رسائل جديدة</numerusform>
            <numerusform>%n رسالة جديدة</numerusform>
            <numerusform>%n رسالة جديدة</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>A message in a notification: author, text</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 في %2</translation>
    </message>
    <message>
        <source>You are invited to a conversation</source>
        <translation>دُعيتم إلى محادثة</translation>
    </message>
    <message>
        <source>%1 invites you to a conversation</source>
        <translation>يدعوكم %1 إلى محادثة</translation>
    </message>
</context>
<context>
    <name>NotificationActions</name>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>رد</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Space</source>
        <translation>مسافة</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>إدخال</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>إدخال (الأرقام)</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>مسح للخلف</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>سهم لأعلى</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>سهم لأسفل</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>البداية</translation>
    </message>
    <message>
        <source>End</source>
        <translation>النهاية</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>القائمة</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>خروج</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Shift</translation>
    </message>
</context>
<context>
    <name>TextMarks</name>
    <message>
        <source>Bold</source>
        <translation>غامق</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>مائل</translation>
    </message>
    <message>
        <source>Struck through</source>
        <translation>مشطوب</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>شفرة</translation>
    </message>
    <message>
        <source>Quotation</source>
        <translation>اقتباس</translation>
    </message>
    <message>
        <source>List</source>
        <translation>قائمة</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>New messages</source>
        <translation>رسائل جديدة</translation>
    </message>
    <message>
        <source>edited %1</source>
        <translation>عُدّلت %1</translation>
    </message>
    <message>
        <source>Show the whole message</source>
        <translation>عرض الرسالة كاملة</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>عرض المزيد</translation>
    </message>
</context>
<context>
    <name>valise::ui::Banner</name>
    <message>
        <source>Try now</source>
        <translation>المحاولة الآن</translation>
    </message>
</context>
<context>
    <name>valise::ui::Composer</name>
    <message>
        <source>Do not reply to this message</source>
        <translation>إلغاء الرد على هذه الرسالة</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>رسالة</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>إرسال</translation>
    </message>
    <message>
        <source>Reply to %1</source>
        <translation>رد على %1</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>الرموز التعبيرية</translation>
    </message>
    <message>
        <source>Edit the message</source>
        <translation>تعديل الرسالة</translation>
    </message>
    <message>
        <source>Do not edit this message</source>
        <translation>عدم تعديل هذه الرسالة</translation>
    </message>
    <message>
        <source>Send later</source>
        <translation>إرسال لاحقًا</translation>
    </message>
</context>
<context>
    <name>valise::ui::ConfirmSheet</name>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
</context>
<context>
    <name>valise::ui::ConversationDelegate</name>
    <message>
        <source>Draft: </source>
        <translation>مسودة: </translation>
    </message>
</context>
<context>
    <name>valise::ui::ConversationHeader</name>
    <message>
        <source>Members and security</source>
        <translation>الأعضاء والأمان</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>إجراءات أخرى</translation>
    </message>
    <message>
        <source>Add people…</source>
        <translation>إضافة أشخاص…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>تغيير الاسم…</translation>
    </message>
    <message>
        <source>Leave…</source>
        <translation>مغادرة…</translation>
    </message>
    <message>
        <source>Go to a date…</source>
        <translation>الانتقال إلى تاريخ…</translation>
    </message>
    <message>
        <source>Starred messages…</source>
        <translation>الرسائل المميزة بنجمة…</translation>
    </message>
    <message>
        <source>Search in this conversation</source>
        <translation>البحث في هذه المحادثة</translation>
    </message>
</context>
<context>
    <name>valise::ui::ConversationListModel</name>
    <message>
        <source>Messages</source>
        <translation>الرسائل</translation>
    </message>
    <message>
        <source>%1 in %2: %3</source>
        <translation>%1 في %2: %3</translation>
    </message>
    <message numerus="yes">
        <source>%n unread message(s)</source>
        <translation>
            <numerusform>لا رسائل غير مقروءة</numerusform>
            <numerusform>رسالة واحدة غير مقروءة</numerusform>
            <numerusform>رسالتان غير مقروءتين</numerusform>
            <numerusform>%n رسائل غير مقروءة</numerusform>
            <numerusform>%n رسالة غير مقروءة</numerusform>
            <numerusform>%n رسالة غير مقروءة</numerusform>
        </translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>مثبتة</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>مكتومة</translation>
    </message>
    <message>
        <source>archived</source>
        <translation>مؤرشفة</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to be sent</source>
        <translation>
            <numerusform>لا شيء ينتظر الإرسال</numerusform>
            <numerusform>واحدة تنتظر الإرسال</numerusform>
            <numerusform>اثنتان تنتظران الإرسال</numerusform>
            <numerusform>%n تنتظر الإرسال</numerusform>
            <numerusform>%n تنتظر الإرسال</numerusform>
            <numerusform>%n تنتظر الإرسال</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>أُرسل كل شيء</numerusform>
            <numerusform>واحدة لم تُرسل</numerusform>
            <numerusform>اثنتان لم تُرسلا</numerusform>
            <numerusform>%n لم تُرسل</numerusform>
            <numerusform>%n لم تُرسل</numerusform>
            <numerusform>%n لم تُرسل</numerusform>
        </translation>
    </message>
    <message>
        <source>draft</source>
        <translation>مسودة</translation>
    </message>
    <message>
        <source>mentions you</source>
        <translation>تشير إليك</translation>
    </message>
</context>
<context>
    <name>valise::ui::ConversationPane</name>
    <message>
        <source>Search messages and people</source>
        <translation>البحث في الرسائل والأشخاص</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>المحادثات</translation>
    </message>
    <message>
        <source>All</source>
        <translation>الكل</translation>
    </message>
    <message>
        <source>Unread %1</source>
        <translation>غير مقروءة %1</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>غير مقروءة</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>مجموعات</translation>
    </message>
    <message>
        <source>Requests %1</source>
        <translation>طلبات %1</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>طلبات</translation>
    </message>
    <message>
        <source>Nothing found for “%1”.</source>
        <translation>لا نتائج للبحث عن «%1».</translation>
    </message>
    <message>
        <source>Everything is read.</source>
        <translation>كل الرسائل مقروءة.</translation>
    </message>
    <message>
        <source>Nobody waits for your answer.</source>
        <translation>لا أحد ينتظر ردك.</translation>
    </message>
    <message>
        <source>No groups yet.</source>
        <translation>لا مجموعات بعد.</translation>
    </message>
    <message>
        <source>No conversations yet.</source>
        <translation>لا محادثات بعد.</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>الأرشيف</translation>
    </message>
    <message>
        <source>The archive is empty.</source>
        <translation>الأرشيف فارغ.</translation>
    </message>
    <message>
        <source>In this conversation</source>
        <translation>في هذه المحادثة</translation>
    </message>
    <message>
        <source>From anybody</source>
        <translation>من أي شخص</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>من %1</translation>
    </message>
    <message>
        <source>you</source>
        <translation>أنت</translation>
    </message>
    <message>
        <source>Whenever</source>
        <translation>في أي وقت</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>In the last 7 days</source>
        <translation>آخر 7 أيام</translation>
    </message>
    <message>
        <source>In the last 30 days</source>
        <translation>آخر 30 يومًا</translation>
    </message>
    <message>
        <source>In the last year</source>
        <translation>آخر سنة</translation>
    </message>
    <message>
        <source>With links</source>
        <translation>فيها روابط</translation>
    </message>
    <message>
        <source>Anybody</source>
        <translation>أي شخص</translation>
    </message>
    <message>
        <source>You</source>
        <translation>أنت</translation>
    </message>
</context>
<context>
    <name>valise::ui::DateSheet</name>
    <message>
        <source>Go to a date</source>
        <translation>الانتقال إلى تاريخ</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>التاريخ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>انتقال</translation>
    </message>
    <message>
        <source>Month before</source>
        <translation>الشهر السابق</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>الشهر التالي</translation>
    </message>
</context>
<context>
    <name>valise::ui::DeleteSheet</name>
    <message numerus="yes">
        <source>Delete %n message(s)?</source>
        <translation>
            <numerusform>حذف الرسائل؟</numerusform>
            <numerusform>حذف الرسالة؟</numerusform>
            <numerusform>حذف رسالتين؟</numerusform>
            <numerusform>حذف %n رسائل؟</numerusform>
            <numerusform>حذف %n رسالة؟</numerusform>
            <numerusform>حذف %n رسالة؟</numerusform>
        </translation>
    </message>
    <message>
        <source>For you: it disappears from this device only. For everyone: the others&apos; programs are asked to remove it; who has read it has read it.</source>
        <translation>لك: تختفي من هذا الجهاز فقط. للجميع: يُطلب من برامج الآخرين إزالتها؛ ومن قرأها فقد قرأها.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Delete for me</source>
        <translation>الحذف لدي</translation>
    </message>
    <message>
        <source>Delete for everyone</source>
        <translation>الحذف لدى الجميع</translation>
    </message>
</context>
<context>
    <name>valise::ui::DetailsSheet</name>
    <message>
        <source>Message details</source>
        <translation>تفاصيل الرسالة</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Written by</source>
        <translation>كتبها</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (أنت)</translation>
    </message>
    <message>
        <source>Written at</source>
        <translation>كُتبت في</translation>
    </message>
    <message>
        <source>Arrived at</source>
        <translation>وصلت في</translation>
    </message>
    <message>
        <source>Last edited at</source>
        <translation>آخر تعديل في</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>التشفير</translation>
    </message>
    <message>
        <source>End to end</source>
        <translation>من طرف إلى طرف</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>الخوادم</translation>
    </message>
    <message>
        <source>holds it since %1</source>
        <translation>يحتفظ بها منذ %1</translation>
    </message>
    <message>
        <source>not reached yet</source>
        <translation>لم يُتصل به بعد</translation>
    </message>
    <message>
        <source>refused it</source>
        <translation>رفضها</translation>
    </message>
    <message>
        <source>refused it: %1</source>
        <translation>رفضها: %1</translation>
    </message>
    <message>
        <source>Reactions</source>
        <translation>التفاعلات</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>لا أحد</numerusform>
            <numerusform>شخص واحد</numerusform>
            <numerusform>شخصان</numerusform>
            <numerusform>%n أشخاص</numerusform>
            <numerusform>%n شخصًا</numerusform>
            <numerusform>%n شخص</numerusform>
        </translation>
    </message>
    <message>
        <source>Earlier versions</source>
        <translation>النسخ السابقة</translation>
    </message>
    <message>
        <source>Read by</source>
        <translation>قرأها</translation>
    </message>
    <message>
        <source>Delivered to</source>
        <translation>سُلّمت إلى</translation>
    </message>
    <message>
        <source>was given it and has not answered yet</source>
        <translation>سُلِّم إليه ولم يُجب بعد</translation>
    </message>
    <message>
        <source>Disappears at</source>
        <translation>تختفي في</translation>
    </message>
</context>
<context>
    <name>valise::ui::DiagnosticsSheet</name>
    <message>
        <source>Diagnostics</source>
        <translation>التشخيص</translation>
    </message>
    <message>
        <source>For your help desk. Nothing here contains messages, names or keys.</source>
        <translation>لمكتب الدعم لديكم. لا تتضمن هذه الصفحة رسائل ولا أسماء ولا مفاتيح.</translation>
    </message>
    <message>
        <source>Relays</source>
        <translation>المرحّلات</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>التفاصيل</translation>
    </message>
    <message>
        <source>Events refused or waiting</source>
        <translation>الأحداث المرفوضة أو المنتظرة</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>النطاق</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>الفئة</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>العدد</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>الأخير</translation>
    </message>
    <message>
        <source>Nothing was refused and nothing waits.</source>
        <translation>لم يُرفض شيء ولا شيء ينتظر.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>غير متصل</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>جارٍ الاتصال</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>متصل</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>مرفوض</translation>
    </message>
</context>
<context>
    <name>valise::ui::EmojiCompletion</name>
    <message>
        <source>Emoji that fit</source>
        <translation>رموز مطابقة</translation>
    </message>
</context>
<context>
    <name>valise::ui::EmojiPicker</name>
    <message>
        <source>Choose an emoji</source>
        <translation>اختيار رمز تعبيري</translation>
    </message>
    <message>
        <source>Search emoji</source>
        <translation>البحث عن رمز تعبيري</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>الرموز التعبيرية</translation>
    </message>
    <message>
        <source>Recently used</source>
        <translation>المستخدمة مؤخرًا</translation>
    </message>
</context>
<context>
    <name>valise::ui::ForwardSheet</name>
    <message>
        <source>Forward</source>
        <translation>إعادة توجيه</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s), in their order</source>
        <translation>
            <numerusform>لا رسائل</numerusform>
            <numerusform>رسالة واحدة</numerusform>
            <numerusform>رسالتان بترتيبهما</numerusform>
            <numerusform>%n رسائل بترتيبها</numerusform>
            <numerusform>%n رسالة بترتيبها</numerusform>
            <numerusform>%n رسالة بترتيبها</numerusform>
        </translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation>البحث في المحادثات</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>المحادثات</translation>
    </message>
    <message>
        <source>The text goes as your own message. Who receives it does not see who wrote it first.</source>
        <translation>يُرسل النص رسالةً منك. ومن يتلقاه لا يرى من كتبه أولًا.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>No conversation is chosen yet.</source>
        <translation>لم تُختر أي محادثة بعد.</translation>
    </message>
</context>
<context>
    <name>valise::ui::GroupServersSheet</name>
    <message>
        <source>Servers of this conversation</source>
        <translation>خوادم هذه المحادثة</translation>
    </message>
    <message>
        <source>They carry its sealed messages and cannot look inside. All members move to the new ones by themselves; the old ones are listened to for some time.</source>
        <translation>تنقل رسائلها المختومة ولا تستطيع الاطلاع عليها. ينتقل جميع الأعضاء إلى الخوادم الجديدة تلقائيًا، ويُستمع إلى القديمة بعض الوقت.</translation>
    </message>
    <message>
        <source>One on each line.</source>
        <translation>خادم في كل سطر.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>نقل</translation>
    </message>
</context>
<context>
    <name>valise::ui::HoverBar</name>
    <message>
        <source>React</source>
        <translation>تفاعل</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>رد</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>إجراءات أخرى</translation>
    </message>
</context>
<context>
    <name>valise::ui::InvitationSheet</name>
    <message>
        <source>My invitation</source>
        <translation>دعوتي</translation>
    </message>
    <message>
        <source>Give this link to people who should be able to start a conversation with you. It holds no secret; it says only where to reach you.</source>
        <translation>أعطِ هذا الرابط لمن ينبغي أن يتمكن من بدء محادثة معك. لا يحوي أي سر؛ بل يدل فقط على مكان الوصول إليك.</translation>
    </message>
    <message>
        <source>Invitation link</source>
        <translation>رابط الدعوة</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>نسخ الرابط</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>نسخ العنوان</translation>
    </message>
    <message>
        <source>To be sure that nobody is between you, compare the end of the address over another channel, for example in person.</source>
        <translation>للتأكد من أن لا أحد بينكما، قارنا نهاية العنوان عبر قناة أخرى، وجهًا لوجه مثلًا.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>نُسخ</translation>
    </message>
</context>
<context>
    <name>valise::ui::KeysSheet</name>
    <message>
        <source>Keys</source>
        <translation>اختصارات لوحة المفاتيح</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source> or </source>
        <extracomment>Between keys that do the same: &quot;F1 or Ctrl+/&quot;</extracomment>
        <translation> أو </translation>
    </message>
</context>
<context>
    <name>valise::ui::LinkSheet</name>
    <message>
        <source>It looks like %1, but its letters are others. This is how false addresses are made.</source>
        <translation>يشبه %1، لكن حروفه مختلفة. هكذا تُصنع العناوين المزيّفة.</translation>
    </message>
    <message>
        <source>It mixes letters of several alphabets, which honest addresses hardly ever do.</source>
        <translation>يمزج حروفًا من أبجديات عدّة، وهذا نادر جدًا في العناوين السليمة.</translation>
    </message>
    <message>
        <source>A sign in it (@) makes it look like another address.</source>
        <translation>فيه علامة (@) تجعله يبدو عنوانًا آخر.</translation>
    </message>
    <message>
        <source>“%1” stands before it in the link, but is not where it leads.</source>
        <translation>تسبقه في الرابط العبارة «%1»، لكنها ليست وجهته.</translation>
    </message>
    <message>
        <source>It uses the unusual port %1.</source>
        <translation>يستعمل المنفذ غير المعتاد %1.</translation>
    </message>
    <message>
        <source>It is a number instead of a name; nobody vouches for who is behind it.</source>
        <translation>إنه رقم بدل اسم، ولا أحد يضمن من يقف وراءه.</translation>
    </message>
    <message>
        <source>The connection is not encrypted: others on the way can read along.</source>
        <translation>الاتصال غير مشفّر: يستطيع آخرون على الطريق القراءة.</translation>
    </message>
    <message>
        <source>Write an e-mail to this address?</source>
        <translation>كتابة رسالة بريد إلى هذا العنوان؟</translation>
    </message>
    <message>
        <source>This link cannot be opened</source>
        <translation>لا يمكن فتح هذا الرابط</translation>
    </message>
    <message>
        <source>Open this link?</source>
        <translation>فتح هذا الرابط؟</translation>
    </message>
    <message>
        <source>It leads to %1</source>
        <translation>يؤدي إلى %1</translation>
    </message>
    <message>
        <source>In Latin letters: %1</source>
        <translation>بالحروف اللاتينية: %1</translation>
    </message>
    <message>
        <source>It is not written as a web or e-mail address, or hides something in it.</source>
        <translation>ليس مكتوبًا كعنوان موقع أو بريد، أو يُخفي شيئًا فيه.</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>نسخ العنوان</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>كتابة</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>فتح في المتصفح</translation>
    </message>
</context>
<context>
    <name>valise::ui::MemberRow</name>
    <message>
        <source>You · manages</source>
        <translation>أنت · مدير</translation>
    </message>
    <message>
        <source>You</source>
        <translation>أنت</translation>
    </message>
    <message>
        <source>Manages</source>
        <translation>مدير</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>نسخ العنوان</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>إزالة…</translation>
    </message>
    <message>
        <source>Let manage the conversation…</source>
        <translation>السماح بإدارة المحادثة…</translation>
    </message>
    <message>
        <source>Give up managing the conversation…</source>
        <translation>التخلي عن إدارة المحادثة…</translation>
    </message>
    <message>
        <source>Take the right to manage…</source>
        <translation>سحب صلاحية الإدارة…</translation>
    </message>
</context>
<context>
    <name>valise::ui::MentionCompletion</name>
    <message>
        <source>Members that fit</source>
        <translation>الأعضاء المطابقون</translation>
    </message>
</context>
<context>
    <name>valise::ui::MessageMenu</name>
    <message>
        <source>Copy the selected text</source>
        <translation>نسخ النص المحدد</translation>
    </message>
</context>
<context>
    <name>valise::ui::Notice</name>
    <message>
        <source>Close this message</source>
        <translation>إغلاق هذا الإشعار</translation>
    </message>
</context>
<context>
    <name>valise::ui::OnboardingPage</name>
    <message>
        <source>Welcome to Valise</source>
        <translation>مرحبًا بك في Valise</translation>
    </message>
    <message>
        <source>Conversations for people who negotiate. What you write is sealed on this device and opened only by the people you write to; the servers that carry it cannot look inside.</source>
        <translation>محادثات لمن يتفاوضون. ما تكتبه يُختم على هذا الجهاز ولا يفتحه إلا من تكتب إليهم؛ أما الخوادم التي تنقله فلا تستطيع النظر في داخله.</translation>
    </message>
    <message>
        <source>For example: Jean Kagabo</source>
        <translation>مثلًا: Jean Kagabo</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>اسمك</translation>
    </message>
    <message>
        <source>What is your name?</source>
        <translation>ما اسمك؟</translation>
    </message>
    <message>
        <source>The people you talk to see it. You can change it later in the settings.</source>
        <translation>يراه من تحادثهم. يمكنك تغييره لاحقًا في الإعدادات.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>عبارة المرور</translation>
    </message>
    <message>
        <source>The same passphrase again</source>
        <translation>عبارة المرور نفسها مرة أخرى</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>اختر عبارة مرور</translation>
    </message>
    <message>
        <source>It locks everything Valise keeps on this device, in case the device is lost or taken. Nobody can restore it, not even your help desk. Four or five unrelated words are easy to remember and hard to guess.</source>
        <translation>تقفل كل ما يحفظه Valise على هذا الجهاز تحسبًا لفقدانه أو الاستيلاء عليه. لا يستطيع أحد استعادتها، ولا حتى مكتب الدعم. أربع كلمات أو خمس لا رابط بينها سهلة الحفظ صعبة التخمين.</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>الخوادم</translation>
    </message>
    <message>
        <source>Through which server?</source>
        <translation>عبر أي خادم؟</translation>
    </message>
    <message>
        <source>A server passes sealed messages on and holds them while the others are away. Any server of this kind will do; your organisation may have its own. Write one on each line.</source>
        <translation>ينقل الخادم الرسائل المختومة ويحتفظ بها ريثما يعود الآخرون. يصلح أي خادم من هذا النوع، وقد يكون لمؤسستك خادمها. اكتب خادمًا واحدًا في كل سطر.</translation>
    </message>
    <message>
        <source>Sealing your valise…</source>
        <translation>جارٍ ختم حقيبتك…</translation>
    </message>
    <message>
        <source>The key is made from your passphrase. This takes a few seconds on purpose: it makes guessing slow.</source>
        <translation>يُصنع المفتاح من عبارة مرورك. يستغرق ذلك بضع ثوانٍ عن قصد، كي يصبح التخمين بطيئًا.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>ابدأ</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>إنهاء</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>الخطوة %1 من %2</translation>
    </message>
    <message>
        <source>At least %1 characters.</source>
        <translation>%1 أحرف على الأقل.</translation>
    </message>
    <message>
        <source>Easy to guess. Another word would help.</source>
        <translation>سهلة التخمين. كلمة أخرى تفيد.</translation>
    </message>
    <message>
        <source>Good. One more word would make it strong.</source>
        <translation>جيدة. كلمة أخرى تجعلها قوية.</translation>
    </message>
    <message>
        <source>Strong.</source>
        <translation>قوية.</translation>
    </message>
    <message>
        <source>Please write your name; the people you talk to need to know who you are.</source>
        <translation>يُرجى كتابة اسمك؛ فمن تحادثهم يحتاجون إلى معرفة من أنت.</translation>
    </message>
    <message>
        <source>This passphrase is too short. Please take at least %1 characters.</source>
        <translation>عبارة المرور هذه قصيرة جدًا. يُرجى اختيار %1 أحرف على الأقل.</translation>
    </message>
    <message>
        <source>The two passphrases differ. Please write the same one twice.</source>
        <translation>العبارتان مختلفتان. يُرجى كتابة العبارة نفسها مرتين.</translation>
    </message>
</context>
<context>
    <name>valise::ui::PeoplePicker</name>
    <message>
        <source>Start a conversation</source>
        <translation>بدء محادثة</translation>
    </message>
    <message>
        <source>Add people</source>
        <translation>إضافة أشخاص</translation>
    </message>
    <message>
        <source>With one person it is a direct conversation, with several a group. Only its members can read it.</source>
        <translation>مع شخص واحد تكون محادثة مباشرة، ومع عدة أشخاص مجموعة. لا يقرؤها إلا أعضاؤها.</translation>
    </message>
    <message>
        <source>New members can read what is written from now on, not what was written before.</source>
        <translation>يقرأ الأعضاء الجدد ما يُكتب من الآن فصاعدًا، لا ما كُتب من قبل.</translation>
    </message>
    <message>
        <source>Invitation links or addresses</source>
        <translation>روابط دعوة أو عناوين</translation>
    </message>
    <message>
        <source>Paste one or several here, each on its own line</source>
        <translation>الصق هنا واحدًا أو أكثر، كلٌّ في سطر</translation>
    </message>
    <message>
        <source>Each person finds theirs under “My invitation”.</source>
        <translation>يجد كل شخص رابطه ضمن «دعوتي».</translation>
    </message>
    <message>
        <source>People you know</source>
        <translation>أشخاص تعرفهم</translation>
    </message>
    <message>
        <source>Name of the group (may be left empty)</source>
        <translation>اسم المجموعة (اختياري)</translation>
    </message>
    <message>
        <source>For example: Drafting committee</source>
        <translation>مثلًا: لجنة الصياغة</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>بدء</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>Nobody is chosen yet. Please paste an invitation link or choose somebody you know.</source>
        <translation>لم يُختر أحد بعد. يُرجى لصق رابط دعوة أو اختيار شخص تعرفه.</translation>
    </message>
</context>
<context>
    <name>valise::ui::PinnedStrip</name>
    <message>
        <source>Do not pin this message any more</source>
        <translation>إلغاء تثبيت هذه الرسالة</translation>
    </message>
    <message>
        <source>Pinned message by %1: %2</source>
        <translation>رسالة مثبّتة من %1: %2</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>مثبّتة</translation>
    </message>
</context>
<context>
    <name>valise::ui::QuickReactions</name>
    <message>
        <source>Take back %1</source>
        <translation>سحب %1</translation>
    </message>
    <message>
        <source>React with %1</source>
        <translation>التفاعل بـ %1</translation>
    </message>
    <message>
        <source>All emoji</source>
        <translation>كل الرموز التعبيرية</translation>
    </message>
</context>
<context>
    <name>valise::ui::QuickSwitcher</name>
    <message>
        <source>Go to</source>
        <translation>انتقال</translation>
    </message>
    <message>
        <source>Go to a person, a group or a message</source>
        <translation>الانتقال إلى شخص أو مجموعة أو رسالة</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>النتائج</translation>
    </message>
</context>
<context>
    <name>valise::ui::Rail</name>
    <message>
        <source>Conversations</source>
        <translation>المحادثات</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>طلبات</translation>
    </message>
    <message>
        <source>My invitation</source>
        <translation>دعوتي</translation>
    </message>
    <message>
        <source>Requests: %1</source>
        <translation>طلبات: %1</translation>
    </message>
    <message>
        <source>Start a conversation</source>
        <translation>بدء محادثة</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
</context>
<context>
    <name>valise::ui::RenameSheet</name>
    <message>
        <source>Rename the conversation</source>
        <translation>تغيير اسم المحادثة</translation>
    </message>
    <message>
        <source>All members see the new name.</source>
        <translation>يرى جميع الأعضاء الاسم الجديد.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>تغيير الاسم</translation>
    </message>
    <message>
        <source>A group needs a name. Please write one.</source>
        <translation>تحتاج المجموعة إلى اسم. يُرجى كتابته.</translation>
    </message>
</context>
<context>
    <name>valise::ui::RetentionSheet</name>
    <message>
        <source>How long messages are kept</source>
        <translation>مدة حفظ الرسائل</translation>
    </message>
    <message>
        <source>Without limit</source>
        <translation>بلا حدّ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>تغيير</translation>
    </message>
    <message>
        <source>It counts for every member and every device. Somebody who copied a message keeps the copy.</source>
        <translation>تسري على كل عضو وكل جهاز. ومن نسخ رسالة تبقى النسخة عنده.</translation>
    </message>
</context>
<context>
    <name>valise::ui::SelectionBar</name>
    <message>
        <source>Copy</source>
        <translation>نسخ</translation>
    </message>
    <message>
        <source>Forward…</source>
        <translation>إعادة توجيه…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>حذف…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) selected</source>
        <translation>
            <numerusform>لم تُحدد أي رسالة</numerusform>
            <numerusform>حُددت رسالة واحدة</numerusform>
            <numerusform>حُددت رسالتان</numerusform>
            <numerusform>حُددت %n رسائل</numerusform>
            <numerusform>حُددت %n رسالة</numerusform>
            <numerusform>حُددت %n رسالة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::GroupController</name>
    <message>
        <source>Decline the invitation to “%1”?</source>
        <translation>هل تعتذر عن الدعوة إلى «%1»؟</translation>
    </message>
    <message>
        <source>You will not receive anything from this conversation.</source>
        <translation>لن يصلك شيء من هذه المحادثة.</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>اعتذار</translation>
    </message>
    <message>
        <source>Leave “%1”?</source>
        <translation>هل تغادر «%1»؟</translation>
    </message>
    <message>
        <source>You will receive nothing more. What was written so far stays on this device. To come back, a member has to invite you again.</source>
        <translation>لن يصلك شيء بعد الآن. ما كُتب حتى الآن يبقى على هذا الجهاز. وللعودة يجب أن يدعوك أحد الأعضاء مجددًا.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>مغادرة</translation>
    </message>
    <message>
        <source>Let %1 manage this conversation?</source>
        <translation>السماح لـ %1 بإدارة هذه المحادثة؟</translation>
    </message>
    <message>
        <source>Who manages it can add and remove people, rename it, change its servers and how long messages are kept, end it, and take these rights from you too.</source>
        <translation>من يديرها يستطيع إضافة الأشخاص وإزالتهم وتغيير اسمها وخوادمها ومدة حفظ الرسائل وإنهاءها، ويستطيع كذلك أن يسحب هذه الصلاحيات منكم.</translation>
    </message>
    <message>
        <source>Let manage</source>
        <translation>السماح بالإدارة</translation>
    </message>
    <message>
        <source>Give up managing this conversation?</source>
        <translation>التخلي عن إدارة هذه المحادثة؟</translation>
    </message>
    <message>
        <source>Take from %1 the right to manage this conversation?</source>
        <translation>سحب صلاحية إدارة هذه المحادثة من %1؟</translation>
    </message>
    <message>
        <source>You stay a member. Only somebody who manages it can give you the right back.</source>
        <translation>تبقون عضوًا. لا يستطيع إعادة الصلاحية إليكم إلا من يديرها.</translation>
    </message>
    <message>
        <source>The person stays a member and can read and write as before.</source>
        <translation>يبقى الشخص عضوًا ويستطيع القراءة والكتابة كما كان.</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>التخلي</translation>
    </message>
    <message>
        <source>Take the right</source>
        <translation>سحب الصلاحية</translation>
    </message>
    <message>
        <source>End “%1” for everybody?</source>
        <translation>إنهاء «%1» للجميع؟</translation>
    </message>
    <message>
        <source>Nobody can write here any more, and it cannot be opened again. What was written stays on each member&apos;s device.</source>
        <translation>لن يستطيع أحد الكتابة هنا بعد ذلك، ولا يمكن فتحها من جديد. ويبقى ما كُتب على جهاز كل عضو.</translation>
    </message>
    <message>
        <source>End for everybody</source>
        <translation>الإنهاء للجميع</translation>
    </message>
</context>
<context>
    <name>valise::ui::PeopleController</name>
    <message>
        <source>Remove %1?</source>
        <translation>هل تزيل %1؟</translation>
    </message>
    <message>
        <source>This person can read nothing that is written from now on. What they have received already stays with them.</source>
        <translation>لن يقرأ هذا الشخص شيئًا مما يُكتب من الآن فصاعدًا. أما ما وصله فيبقى لديه.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
</context>
<context>
    <name>valise::ui::SessionController</name>
    <message>
        <source>Text size %1%</source>
        <extracomment>A text size</extracomment>
        <translation>حجم النص %1٪</translation>
    </message>
</context>
<context>
    <name>Servers</name>
    <message>
        <source>At least one server is needed; without one nothing can be sent or received.</source>
        <translation>يلزم خادم واحد على الأقل؛ فمن دونه لا يمكن إرسال شيء ولا استقباله.</translation>
    </message>
</context>
<context>
    <name>valise::ui::AccountPage</name>
    <message>
        <source>Your name</source>
        <translation>اسمك</translation>
    </message>
    <message>
        <source>The people you talk to see it.</source>
        <translation>يراه من تحادثهم.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>كالنظام</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>The window changes when the settings are closed.</source>
        <translation>تتغير النافذة عند إغلاق الإعدادات.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>أنت</translation>
    </message>
    <message>
        <source>profile account translation</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>الملف الشخصي حساب هوية ترجمة</translation>
    </message>
    <message>
        <source>Please write a name; the people you talk to need to know who you are.</source>
        <translation>يُرجى كتابة اسم؛ فمن تحادثهم يحتاجون إلى معرفة من أنت.</translation>
    </message>
</context>
<context>
    <name>valise::ui::AppearancePage</name>
    <message>
        <source>Colours</source>
        <translation>الألوان</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>كالنظام</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>فاتح</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>داكن</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>التباين</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>عادي</translation>
    </message>
    <message>
        <source>High</source>
        <translation>عالٍ</translation>
    </message>
    <message>
        <source>%1%</source>
        <extracomment>A text size</extracomment>
        <translation>%1٪</translation>
    </message>
    <message>
        <source>Size of text and icons</source>
        <translation>حجم النص والأيقونات</translation>
    </message>
    <message>
        <source>Also with %1 and %2; %3 is the normal size.</source>
        <translation>كذلك بالمفتاحين %1 و%2، و%3 للحجم العادي.</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>الصفوف</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>مريحة</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>متراصة</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>الحركة</translation>
    </message>
    <message>
        <source>Nothing moves or blinks</source>
        <translation>لا شيء يتحرك أو يومض</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>المظهر</translation>
    </message>
    <message>
        <source>theme dark mode font zoom larger smaller density animation</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>سمة وضع ليلي خط تكبير تصغير أكبر أصغر كثافة تحريك</translation>
    </message>
</context>
<context>
    <name>valise::ui::HelpPage</name>
    <message>
        <source>Show</source>
        <translation>عرض</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>اختصارات لوحة المفاتيح</translation>
    </message>
    <message>
        <source>Everything that can be done with the keyboard.</source>
        <translation>كل ما يمكن فعله بلوحة المفاتيح.</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>التشخيص</translation>
    </message>
    <message>
        <source>For your help desk. Nothing there contains messages, names or keys.</source>
        <translation>لفريق الدعم لديكم. لا يحتوي شيء هناك على رسائل أو أسماء أو مفاتيح.</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>المساعدة</translation>
    </message>
    <message>
        <source>shortcuts keyboard support log problem</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>اختصارات لوحة المفاتيح دعم سجل مشكلة</translation>
    </message>
</context>
<context>
    <name>valise::ui::NotificationsPage</name>
    <message>
        <source>What notifications show</source>
        <translation>ما تُظهره الإشعارات</translation>
    </message>
    <message>
        <source>Others can see a screen. Muted conversations send no notifications.</source>
        <translation>قد يرى آخرون الشاشة. والمحادثات المكتومة لا ترسل إشعارات.</translation>
    </message>
    <message>
        <source>Who writes, and what</source>
        <translation>من يكتب وماذا يكتب</translation>
    </message>
    <message>
        <source>Who writes</source>
        <translation>من يكتب</translation>
    </message>
    <message>
        <source>Only that something came</source>
        <translation>وصول شيء فقط</translation>
    </message>
    <message>
        <source>Nothing: there are none</source>
        <translation>لا شيء: بلا إشعارات</translation>
    </message>
    <message>
        <source>How long they stay</source>
        <translation>مدة بقائها</translation>
    </message>
    <message>
        <source>As long as the system decides</source>
        <translation>المدة التي يحددها النظام</translation>
    </message>
    <message>
        <source>Until they are read</source>
        <translation>حتى تُقرأ</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>عدم الإزعاج</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>حتى %1</translation>
    </message>
    <message>
        <source>For an hour</source>
        <translation>لمدة ساعة</translation>
    </message>
    <message>
        <source>For eight hours</source>
        <translation>لمدة ثماني ساعات</translation>
    </message>
    <message>
        <source>Until tomorrow morning</source>
        <translation>حتى صباح الغد</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>الإشعارات</translation>
    </message>
    <message>
        <source>quiet silence pop-up message alert preview</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>هدوء صمت إزعاج منبثق تنبيه معاينة</translation>
    </message>
</context>
<context>
    <name>valise::ui::PrivacyPage</name>
    <message>
        <source>What the others learn</source>
        <translation>ما يعرفه الآخرون</translation>
    </message>
    <message>
        <source>Tell that I received and read messages</source>
        <translation>إبلاغ الآخرين بأنني تسلّمت الرسائل وقرأتها</translation>
    </message>
    <message>
        <source>Read is what stood in this window while it was in front. In large groups nothing is told.</source>
        <translation>المقروء هو ما ظهر في هذه النافذة وهي في المقدمة. في المجموعات الكبيرة لا يُبلَّغ شيء.</translation>
    </message>
    <message>
        <source>Tell that I am writing, and show who is</source>
        <translation>إبلاغ الآخرين بأنني أكتب، وإظهار من يكتب</translation>
    </message>
    <message>
        <source>Others see it only if they tell it too.</source>
        <translation>لا يراه الآخرون إلا إذا أبلغوا هم أيضًا.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>الخصوصية</translation>
    </message>
    <message>
        <source>read receipts confirmation delivered seen typing indicator</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>إشعارات القراءة تأكيد الاستلام تم التسليم شوهد مؤشر الكتابة</translation>
    </message>
</context>
<context>
    <name>valise::ui::ServersPage</name>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>التراجع</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>الخوادم</translation>
    </message>
    <message>
        <source>One on each line. They carry sealed messages and cannot look inside; with two or three of them, messages arrive even if one fails.</source>
        <translation>واحد في كل سطر. تنقل رسائل مختومة ولا تستطيع النظر في داخلها؛ وبوجود اثنين أو ثلاثة تصل الرسائل حتى إن تعطّل أحدها.</translation>
    </message>
    <message>
        <source>How servers are reached</source>
        <translation>كيفية الوصول إلى الخوادم</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>حُفظ.</translation>
    </message>
    <message>
        <source>network connection relay proxy socks http internet</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>شبكة اتصال مرحل وكيل proxy socks http إنترنت</translation>
    </message>
</context>
<context>
    <name>valise::ui::SettingsRow</name>
    <message>
        <source>Set by your organisation.</source>
        <translation>حددته مؤسستك.</translation>
    </message>
</context>
<context>
    <name>valise::ui::SettingsSheet</name>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>الأقسام</translation>
    </message>
    <message>
        <source>Nothing was found. Please try another word.</source>
        <translation>لم يُعثر على شيء. يُرجى تجربة كلمة أخرى.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>البحث في الإعدادات</translation>
    </message>
    <message>
        <source>Changes are kept at once.</source>
        <translation>تُحفظ التغييرات فورًا.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>Where a setting was found: section, name of the setting</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>Found in %n section(s). %1</source>
        <translation>
            <numerusform>لم يُعثر عليه في أي قسم. %1</numerusform>
            <numerusform>عُثر عليه في قسم واحد. %1</numerusform>
            <numerusform>عُثر عليه في قسمين. %1</numerusform>
            <numerusform>عُثر عليه في %n أقسام. %1</numerusform>
            <numerusform>عُثر عليه في %n قسمًا. %1</numerusform>
            <numerusform>عُثر عليه في %n قسم. %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::WritingPage</name>
    <message>
        <source>Send with</source>
        <translation>الإرسال بواسطة</translation>
    </message>
    <message>
        <source>%1 always makes a new line.</source>
        <translation>المفتاح %1 يبدأ سطرًا جديدًا دائمًا.</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>الكتابة</translation>
    </message>
    <message>
        <source>keyboard shortcut key line break</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>لوحة المفاتيح اختصار مفتاح سطر جديد</translation>
    </message>
</context>
<context>
    <name>valise::ui::SidePanel</name>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>الأمان</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>التشفير</translation>
    </message>
    <message>
        <source>Verified members</source>
        <translation>الأعضاء الموثَّقون</translation>
    </message>
    <message>
        <source>Messages kept</source>
        <translation>حفظ الرسائل</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>الخوادم</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>الإجراءات</translation>
    </message>
    <message>
        <source>Add people…</source>
        <translation>إضافة أشخاص…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>تغيير الاسم…</translation>
    </message>
    <message>
        <source>Leave…</source>
        <translation>مغادرة…</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>لا أعضاء</numerusform>
            <numerusform>عضو واحد</numerusform>
            <numerusform>عضوان</numerusform>
            <numerusform>%n أعضاء</numerusform>
            <numerusform>%n عضوًا</numerusform>
            <numerusform>%n عضو</numerusform>
        </translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>مغلقة</translation>
    </message>
    <message>
        <source>End to end</source>
        <translation>من طرف إلى طرف</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 من %2</translation>
    </message>
    <message>
        <source>Without limit</source>
        <translation>بلا حد</translation>
    </message>
    <message>
        <source>%1 of %2 reached</source>
        <translation>%1 من %2 متصلة</translation>
    </message>
    <message>
        <source>How long messages are kept…</source>
        <translation>مدة حفظ الرسائل…</translation>
    </message>
    <message>
        <source>Servers…</source>
        <translation>الخوادم…</translation>
    </message>
    <message>
        <source>End for everybody…</source>
        <translation>الإنهاء للجميع…</translation>
    </message>
</context>
<context>
    <name>valise::ui::StarredSheet</name>
    <message>
        <source>Starred messages</source>
        <translation>الرسائل المميزة بنجمة</translation>
    </message>
    <message>
        <source>Only you see which messages you starred.</source>
        <translation>أنت وحدك ترى الرسائل التي ميّزتها.</translation>
    </message>
    <message>
        <source>Nothing is starred yet. Press S on a message, or use its menu.</source>
        <translation>لا رسائل مميزة بعد. اضغط S على رسالة أو استخدم قائمتها.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>valise::ui::TimelineView</name>
    <message>
        <source>Messages</source>
        <translation>الرسائل</translation>
    </message>
    <message>
        <source>Go to the newest message</source>
        <translation>الانتقال إلى أحدث رسالة</translation>
    </message>
    <message>
        <source>No messages yet. What you write here is sealed.</source>
        <translation>لا رسائل بعد. ما تكتبه هنا مختوم.</translation>
    </message>
    <message>
        <source>in reply to %1: %2. </source>
        <translation>ردًا على %1: %2. </translation>
    </message>
    <message>
        <source>You</source>
        <translation>أنت</translation>
    </message>
    <message>
        <source>New messages above</source>
        <translation>رسائل جديدة في الأعلى</translation>
    </message>
    <message>
        <source>Go back to where you came from</source>
        <translation>العودة إلى حيث كنت</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <extracomment>A copied message: author, time, text</extracomment>
        <translation>%1، %2: %3</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>معدّلة</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>مميزة بنجمة</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>For screen readers: author, time</extracomment>
        <translation>%1، %2</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>مثبّتة</translation>
    </message>
</context>
<context>
    <name>valise::ui::Tray</name>
    <message>
        <source>Open Valise</source>
        <translation>فتح Valise</translation>
    </message>
    <message>
        <source>Do not disturb for an hour</source>
        <translation>عدم الإزعاج لمدة ساعة</translation>
    </message>
    <message>
        <source>Do not disturb until tomorrow morning</source>
        <translation>عدم الإزعاج حتى صباح الغد</translation>
    </message>
    <message>
        <source>Notify again</source>
        <translation>استئناف الإشعارات</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>إنهاء البرنامج</translation>
    </message>
    <message numerus="yes">
        <source>Valise — %n unread</source>
        <translation>
            <numerusform>Valise — لا رسائل غير مقروءة</numerusform>
            <numerusform>Valise — رسالة غير مقروءة</numerusform>
            <numerusform>Valise — رسالتان غير مقروءتين</numerusform>
            <numerusform>Valise — %n رسائل غير مقروءة</numerusform>
            <numerusform>Valise — %n رسالة غير مقروءة</numerusform>
            <numerusform>Valise — %n رسالة غير مقروءة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::UnlockPage</name>
    <message>
        <source>Your valise is locked</source>
        <translation>حقيبتك مقفلة</translation>
    </message>
    <message>
        <source>Enter your passphrase to open it.</source>
        <translation>أدخل عبارة مرورك لفتحها.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>عبارة المرور</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Please enter your passphrase.</source>
        <translation>يُرجى إدخال عبارة المرور.</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>جارٍ الفتح…</translation>
    </message>
</context>
<context>
    <name>valise::ui::RequestBar</name>
    <message>
        <source>Accept</source>
        <translation>قبول</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>اعتذار</translation>
    </message>
    <message>
        <source>You are invited to this conversation. If you accept, its members see that you joined.</source>
        <translation>أنت مدعو إلى هذه المحادثة. إن قبلتَ رأى أعضاؤها أنك انضممت.</translation>
    </message>
    <message>
        <source>%1 invites you to this conversation. If you accept, its members see that you joined. If you decline, nobody is told why.</source>
        <translation>يدعوك %1 إلى هذه المحادثة. إن قبلتَ رأى أعضاؤها أنك انضممت. وإن اعتذرتَ فلن يُبلَّغ أحد بالسبب.</translation>
    </message>
</context>
<context>
    <name>valise::ui::EmptyState</name>
    <message>
        <source>Start a conversation</source>
        <translation>بدء محادثة</translation>
    </message>
    <message>
        <source>Show my invitation</source>
        <translation>عرض دعوتي</translation>
    </message>
    <message>
        <source>Your valise is ready</source>
        <translation>حقيبتك جاهزة</translation>
    </message>
    <message>
        <source>Choose a conversation</source>
        <translation>اختر محادثة</translation>
    </message>
    <message>
        <source>Start a conversation with somebody&apos;s invitation, or give yours to the person you want to talk to. Only the people in a conversation can read it.</source>
        <translation>ابدأ محادثة بدعوة شخص ما، أو أعطِ دعوتك لمن تريد محادثته. لا يقرأ المحادثة إلا المشاركون فيها.</translation>
    </message>
    <message>
        <source>Pick one on the list, go there with Ctrl+K, or start a new one.</source>
        <translation>اختر واحدة من القائمة، أو انتقل إليها بـ Ctrl+K، أو ابدأ محادثة جديدة.</translation>
    </message>
</context>
<context>
    <name>valise::ui::ClosedBar</name>
    <message>
        <source>You are leaving. The others&apos; programs confirm it when they are next connected.</source>
        <translation>أنت بصدد المغادرة. تؤكدها برامج الآخرين عند اتصالها القادم.</translation>
    </message>
    <message>
        <source>You left this conversation. What was written stays here.</source>
        <translation>غادرتَ هذه المحادثة. ما كُتب يبقى هنا.</translation>
    </message>
    <message>
        <source>You were removed from this conversation. What was written stays here.</source>
        <translation>أُزلتَ من هذه المحادثة. ما كُتب يبقى هنا.</translation>
    </message>
    <message>
        <source>This conversation was ended for everybody. What was written stays here.</source>
        <translation>أُنهيت هذه المحادثة للجميع. ما كُتب يبقى هنا.</translation>
    </message>
    <message>
        <source>This conversation cannot be followed any more. Ask a member to remove and add you again; what was written stays here.</source>
        <translation>لم يعد بالإمكان متابعة هذه المحادثة. اطلب من أحد الأعضاء إزالتك وإضافتك مجددًا؛ ما كُتب يبقى هنا.</translation>
    </message>
</context>
<context>
    <name>valise::ui::ConversationPage</name>
    <message>
        <source>New since you last wrote here: %1.</source>
        <translation>انضم منذ آخر رسالة لك هنا: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) will read what you write.</source>
        <translation>
            <numerusform>لن يقرأ أحد ما تكتبه.</numerusform>
            <numerusform>سيقرأ عضو واحد ما تكتبه.</numerusform>
            <numerusform>سيقرأ عضوان ما تكتبه.</numerusform>
            <numerusform>سيقرأ %n أعضاء ما تكتبه.</numerusform>
            <numerusform>سيقرأ %n عضوًا ما تكتبه.</numerusform>
            <numerusform>سيقرأ %n عضو ما تكتبه.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You have not verified %n of them.</source>
        <translation>
            <numerusform>تحققتَ منهم جميعًا.</numerusform>
            <numerusform>لم تتحقق من واحد منهم.</numerusform>
            <numerusform>لم تتحقق من اثنين منهم.</numerusform>
            <numerusform>لم تتحقق من %n منهم.</numerusform>
            <numerusform>لم تتحقق من %n منهم.</numerusform>
            <numerusform>لم تتحقق من %n منهم.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>لا رسائل جديدة</numerusform>
            <numerusform>رسالة جديدة واحدة</numerusform>
            <numerusform>رسالتان جديدتان</numerusform>
            <numerusform>%n رسائل جديدة</numerusform>
            <numerusform>%n رسالة جديدة</numerusform>
            <numerusform>%n رسالة جديدة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Later</name>
    <message>
        <source>%1 at %2</source>
        <translation>%1 الساعة %2</translation>
    </message>
    <message>
        <source>%1 in %2 (your time: %3)</source>
        <translation>%1 في %2 (بتوقيتك: %3)</translation>
    </message>
</context>
<context>
    <name>valise::ui::LaterStrip</name>
    <message>
        <source>A message was not sent at its time</source>
        <translation>لم تُرسل رسالة في وقتها</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) to be sent later</source>
        <translation>
            <numerusform>لا رسائل للإرسال لاحقًا</numerusform>
            <numerusform>رسالة واحدة ستُرسل لاحقًا</numerusform>
            <numerusform>رسالتان ستُرسلان لاحقًا</numerusform>
            <numerusform>%n رسائل ستُرسل لاحقًا</numerusform>
            <numerusform>%n رسالة ستُرسل لاحقًا</numerusform>
            <numerusform>%n رسالة ستُرسل لاحقًا</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>valise::ui::LaterController</name>
    <message>
        <source>Please send or clear first what stands in the message field.</source>
        <translation>أرسل أولًا ما في حقل الرسالة أو امسحه.</translation>
    </message>
</context>
<context>
    <name>valise::ui::SendLaterSheet</name>
    <message>
        <source>Send later</source>
        <translation>إرسال لاحقًا</translation>
    </message>
    <message>
        <source>The message waits encrypted on this device. Valise must be running at that time.</source>
        <translation>تنتظر الرسالة مشفّرة على هذا الجهاز. يجب أن يكون Valise مفتوحًا في ذلك الوقت.</translation>
    </message>
    <message>
        <source>By the clock of</source>
        <translation>بتوقيت</translation>
    </message>
    <message>
        <source>Your own clock (%1)</source>
        <translation>توقيتك أنت (%1)</translation>
    </message>
    <message>
        <source>Another time</source>
        <translation>وقت آخر</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>In an hour</source>
        <translation>بعد ساعة</translation>
    </message>
    <message>
        <source>This evening</source>
        <translation>هذا المساء</translation>
    </message>
    <message>
        <source>Tomorrow morning</source>
        <translation>صباح الغد</translation>
    </message>
    <message>
        <source>Monday morning</source>
        <translation>صباح الاثنين</translation>
    </message>
    <message>
        <source>It will be sent on %1.</source>
        <translation>ستُرسل يوم %1.</translation>
    </message>
    <message>
        <source>That time is over.</source>
        <translation>هذا الوقت مضى.</translation>
    </message>
    <message>
        <source>That time is over. Please choose a later one.</source>
        <translation>هذا الوقت مضى. اختر وقتًا لاحقًا.</translation>
    </message>
</context>
<context>
    <name>valise::ui::ScheduledSheet</name>
    <message>
        <source>To be sent later</source>
        <translation>ستُرسل لاحقًا</translation>
    </message>
    <message>
        <source>These messages wait encrypted on this device and are sent by themselves while Valise is running.</source>
        <translation>تنتظر هذه الرسائل مشفّرة على هذا الجهاز وتُرسل من تلقاء نفسها ما دام Valise مفتوحًا.</translation>
    </message>
    <message>
        <source>Nothing waits to be sent later.</source>
        <translation>لا شيء ينتظر الإرسال لاحقًا.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>تعديل</translation>
    </message>
    <message>
        <source>Another time…</source>
        <translation>وقت آخر…</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>إرسال الآن</translation>
    </message>
    <message>
        <source>Not sent: Valise was closed or offline on %1</source>
        <translation>لم تُرسل: كان Valise مغلقًا أو غير متصل يوم %1</translation>
    </message>
    <message>
        <source>Not sent: on %1 you could not write here</source>
        <translation>لم تُرسل: لم يكن بإمكانك الكتابة هنا يوم %1</translation>
    </message>
</context>
<context>
    <name>valise::ui::ProxyFields</name>
    <message>
        <source>As the system says</source>
        <translation>كما يحدّد النظام</translation>
    </message>
    <message>
        <source>Straight, without a proxy</source>
        <translation>مباشرة، بلا وكيل</translation>
    </message>
    <message>
        <source>Through an HTTP proxy</source>
        <translation>عبر وكيل HTTP</translation>
    </message>
    <message>
        <source>Through a SOCKS5 proxy</source>
        <translation>عبر وكيل SOCKS5</translation>
    </message>
    <message>
        <source>How servers are reached</source>
        <translation>كيفية الوصول إلى الخوادم</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>عنوان الوكيل</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>المنفذ</translation>
    </message>
    <message>
        <source>Name, if it asks for one</source>
        <translation>الاسم، إن طلبه</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>كلمة المرور</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>محفوظة</translation>
    </message>
    <message>
        <source>The address of the proxy is missing.</source>
        <translation>عنوان الوكيل ناقص.</translation>
    </message>
</context>
<context>
    <name>Spelling</name>
    <message>
        <source>It is too large to be a dictionary, so it is not used.</source>
        <translation>حجمه أكبر من أن يكون قاموسًا، لذلك لا يُستخدم.</translation>
    </message>
    <message>
        <source>It is written in a way that Valise does not know, so it is not used.</source>
        <translation>كُتب بطريقة لا يعرفها Valise، لذلك لا يُستخدم.</translation>
    </message>
    <message>
        <source>Its files cannot be read, so it is not used.</source>
        <translation>لا يمكن قراءة ملفاته، لذلك لا يُستخدم.</translation>
    </message>
    <message>
        <source>It is damaged or incomplete, so it is not used. Please install it again.</source>
        <translation>هو تالف أو ناقص، لذلك لا يُستخدم. يُرجى تثبيته من جديد.</translation>
    </message>
</context>
<context>
    <name>valise::ui::FieldSpelling</name>
    <message>
        <source>Looking for suggestions…</source>
        <translation>جارٍ البحث عن اقتراحات…</translation>
    </message>
    <message>
        <source>Add to my words</source>
        <translation>إضافة إلى كلماتي</translation>
    </message>
    <message>
        <source>Your list of words is full, so this one was not added. Words that are no longer needed can be removed in the settings, under Spelling.</source>
        <translation>قائمة كلماتك ممتلئة، لذلك لم تُضَف هذه الكلمة. يمكن إزالة الكلمات التي لم تعد لازمة من الإعدادات، تحت «الإملاء».</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>تجاهل</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>لا توجد اقتراحات</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>إعادة</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>قص</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>نسخ</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>لصق</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>تحديد الكل</translation>
    </message>
</context>
<context>
    <name>valise::ui::SpellingPage</name>
    <message>
        <source>Mark words that may be misspelt</source>
        <translation>تعليم الكلمات التي قد يكون في إملائها خطأ</translation>
    </message>
    <message>
        <source>Words are looked up on this computer only. The menu on a marked word offers others.</source>
        <translation>لا يُبحث عن الكلمات إلا على هذا الحاسوب. قائمة الكلمة المعلَّمة تقترح غيرها.</translation>
    </message>
    <message>
        <source>Dictionaries</source>
        <translation>القواميس</translation>
    </message>
    <message>
        <source>Choose by the languages of this computer and of Valise</source>
        <translation>الاختيار بحسب لغات هذا الحاسوب ولغة Valise</translation>
    </message>
    <message>
        <source>A word is right if one of the chosen dictionaries has it.</source>
        <translation>تُعدّ الكلمة صحيحة إذا وردت في أحد القواميس المختارة.</translation>
    </message>
    <message>
        <source>No dictionary is installed on this computer. Your help desk can install one; packages of the kind “hunspell” hold them, one for each language.</source>
        <translation>لا يوجد قاموس مثبَّت على هذا الحاسوب. يستطيع مكتب الدعم لديك تثبيت واحد؛ فحزم «hunspell» تحتوي على القواميس، واحدًا لكل لغة.</translation>
    </message>
    <message>
        <source>My words</source>
        <translation>كلماتي</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>None yet. “Add to my words”, in the menu on a marked word, puts one here. They stay in your encrypted profile.</source>
        <translation>لا شيء بعد. يضيف «إضافة إلى كلماتي»، في قائمة كلمة معلَّمة، كلمة هنا. وهي تبقى في ملفك الشخصي المشفَّر.</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>إعادة</translation>
    </message>
    <message>
        <source>At most %1 dictionaries can be used at once. Please choose those of the languages you write most.</source>
        <translation>يمكن استخدام %1 من القواميس معًا على الأكثر. يُرجى اختيار قواميس اللغات التي تكتب بها أكثر.</translation>
    </message>
    <message>
        <source>Spelling</source>
        <translation>الإملاء</translation>
    </message>
    <message>
        <source>spell check dictionary misspelled correction vocabulary</source>
        <extracomment>Words that people may look for in the settings, between blanks</extracomment>
        <translation>تدقيق إملائي قاموس خطأ تصحيح مفردات</translation>
    </message>
</context>
</TS>
