# SPDX-License-Identifier: AGPL-3.0-or-later
# Compiler settings for all targets of the project, and the functions that declare rooms and tests.

add_library(valise_options INTERFACE)
target_compile_features(valise_options INTERFACE cxx_std_20)
target_include_directories(valise_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(
    valise_options
    INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wconversion
              -Wno-sign-conversion -fvisibility=hidden
)
if(WIN32)
    target_compile_definitions(valise_options INTERFACE NOMINMAX WIN32_LEAN_AND_MEAN UNICODE)
endif()
# GCC 12 reports false overflows in the standard library's vector at -O2.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(
        valise_options INTERFACE -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds
                                 -Wno-maybe-uninitialized -Wno-restrict -Wno-free-nonheap-object
    )
endif()
if(VALISE_WERROR)
    target_compile_options(valise_options INTERFACE -Werror)
endif()
if(VALISE_SANITIZE)
    target_compile_options(
        valise_options INTERFACE -fsanitize=${VALISE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
    )
    target_link_options(valise_options INTERFACE -fsanitize=${VALISE_SANITIZE})
    if(VALISE_SANITIZE MATCHES thread)
        # Qt is not compiled with the sanitizer. tsan_qt.cpp tells it how Qt orders accesses between our threads.
        add_library(valise_tsan_qt STATIC "${CMAKE_CURRENT_LIST_DIR}/tsan_qt.cpp")
        target_compile_features(valise_tsan_qt PRIVATE cxx_std_20)
        target_compile_options(valise_tsan_qt PRIVATE -fsanitize=thread)
        target_link_libraries(valise_tsan_qt PUBLIC Qt6::Core)
        target_link_libraries(valise_options INTERFACE $<LINK_ONLY:valise_tsan_qt>)
        foreach(
            symbol
            _ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv
            _ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeExPKPKvPKPKcPKPKNS2_18QMetaTypeInterfaceE
            _ZN7QThread5startENS_8PriorityE _ZN7QThread4waitE14QDeadlineTimer _ZN11QThreadPool5startEP9QRunnablei
        )
            target_link_options(valise_options INTERFACE "LINKER:--wrap=${symbol}")
        endforeach()
    endif()
else()
    target_compile_definitions(valise_options INTERFACE $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2>)
    target_compile_options(valise_options INTERFACE -fstack-protector-strong)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
    set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
endif()

# valise_room(NAME SOURCES ... LINKS ... PRIVATE_LINKS ...): declares the library valise_NAME of core/NAME.
function(valise_room name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    add_library(valise_${name} STATIC ${arg_SOURCES})
    target_link_libraries(valise_${name} PUBLIC valise_options ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS})
endfunction()

# valise_test(NAME SOURCES ... LINKS ...): declares a Catch2 program and registers it with ctest as NAME.
function(valise_test name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE valise_test_support ${arg_LINKS})
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 900 ENVIRONMENT "VALISE_VECTORS=${VALISE_VECTORS};QT_QPA_PLATFORM=offscreen")
endfunction()
