// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records/account_record.h"
#include "core/client/records/conversation_record.h"
#include "core/client/records/diagnostic_record.h"
#include "core/client/records/ids.h"
#include "core/client/records/message_details.h"
#include "core/client/records/message_page.h"
#include "core/client/records/message_record.h"
#include "core/client/records/network_records.h"
#include "core/client/records/people_records.h"
#include "core/client/records/scheduled_record.h"
#include "core/client/records/search_records.h"
#include "core/client/records/signal_settings.h"

//! The values that cross between the core thread and the window: immutable once sent, and nothing in them is
//! a handle. Each subject has a header of its own; this one has all of them.
